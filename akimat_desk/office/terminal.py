"""Who works at the terminal. Whoever may run a program on this PC is not yet a member of staff: what is done in
somebody's name, and what names residents or tells what they said, asks for a PIN. It counts as at the window: after
wrong ones in a row one has to wait.
"""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from akimat_desk.people.staff import SignedIn
    from akimat_desk.service import Call, Role

STAFF: Final[tuple[Role, ...]] = ("staff", "administrator")


class WhoIsIt(Refused):
    """Several members of staff, or none of that name."""

    code = "terminal-who"
    staff_text = N_("It is not clear who of the staff this is.")
    next_text = N_("Name one of them with --as.")


class NoPin(Refused):
    """Nothing was typed: that is no try."""

    code = "terminal-no-pin"
    staff_text = N_("A PIN is needed.")
    next_text = N_("Type it, or give it as a line of standard input.")


def add_who(parser: argparse.ArgumentParser) -> None:
    """Put `--as` on a command that may ask for a PIN."""
    parser.add_argument("--as", dest="name", default="", metavar="NAME", help=N_("Who of the staff this is."))


def staff_at_terminal(call: Call, roles: Sequence[Role] = STAFF) -> SignedIn:
    """Somebody of the staff who has proved who they are (see `add_who`). Raises `WhoIsIt`, `NoPin`, and what
    `people.sign_in` raises.
    """
    from akimat_desk.people.sign_in import sign_in
    from akimat_desk.people.staff import staff

    desk, name = call.desk, call.arguments.name
    assert desk is not None
    people = [one for one in staff(desk.store) if one.role in roles and one.active]
    if name:
        people = [one for one in people if one.id.startswith(name) or (one.name or "").startswith(name)]
    if len(people) != 1:
        raise WhoIsIt
    asked = call.words("PIN:") + " "
    pin = getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not pin:
        raise NoPin
    return sign_in(desk.store, desk.clock, staff=people[0].id, pin=pin)
