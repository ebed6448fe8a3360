"""What can go wrong on a link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from akimat_desk.base.errors import AkimatDeskError, Refused, Unavailable
from akimat_desk.base.words import N_


class Unreachable(Unavailable):
    """Nobody answers at the other end."""

    code = "sync-unreachable"
    staff_text = N_("The other PC does not answer. Entries wait here and are sent later.")
    next_text = N_("See that the other PC is on and that the network cable is in.")


class NotADesk(Unavailable):
    """Something answers, but it is no desk: a captive portal, a proxy's page, another program."""

    code = "sync-not-a-desk"
    staff_text = N_("Something else answers in place of the other PC. Entries wait here and are sent later.")
    next_text = N_("Check the address of the main PC, and whether the network asks for a sign-in page.")


class TooMuch(Unavailable):
    """A message larger than any desk sends; it was not unpacked."""

    code = "sync-too-much"
    staff_text = N_("The other PC sent more than can be taken at once. Nothing was taken in.")
    next_text = N_("Update Akimat Desk on both PCs.")


class TheirTrouble(Unavailable):
    """The other desk understood the question and could not answer it."""

    code = "sync-their-trouble"
    staff_text = N_("The other PC could not answer (code: {their_code}). Entries wait here and are sent later.")
    next_text = N_("Look at the other PC; its log has the same code.")


class Stranger(Unavailable):
    """A desk answers that this PC has no reason to trust: of another room, or one that was let in by nobody."""

    code = "sync-stranger"
    staff_text = N_("A PC of another room answers, or one that nobody has let in. Nothing was told to it.")
    next_text = N_("Check the address of the main PC.")


class NotAdmitted(Unavailable):
    """The host does not know this PC's key: it was never enrolled, or goes on from a copy on another machine."""

    code = "sync-not-admitted"
    staff_text = N_("The main PC does not know this PC. Its entries wait here.")
    next_text = N_("On the main PC, open the page “PCs of the room” and let this PC in.")


class KeyWithdrawn(Unavailable):
    """The host knows that this PC's key was withdrawn."""

    code = "sync-key-withdrawn"
    staff_text = N_("This PC was shut out of the room.")
    next_text = N_("Let this PC join the room again with a code from the staff PC.")


class CodeRefused(Refused):
    """The typed code is not, or no longer, one that the host has given out."""

    code = "sync-code"
    staff_text = N_("This code does not fit, or its fifteen minutes are over.")
    next_text = N_("Look at the code on the staff PC again, or make a new one there.")


class OtherRoom(Refused):
    """This PC has a village of its own; two rooms' journals are not mixed."""

    code = "sync-other-room"
    staff_text = N_("This PC belongs to another room already. Nothing was changed.")
    next_text = N_("Use a new data folder, or the PC that is to join.")


SAID: Final[Mapping[str, type[AkimatDeskError]]] = {
    error.code: error for error in (NotAdmitted, KeyWithdrawn, CodeRefused)
}
"""What another desk may say by its code alone, so that this one says it in its own words."""


def their_trouble(code: str) -> AkimatDeskError:
    """The error for a trouble that another desk told by its code."""
    said = SAID.get(code)
    return said() if said is not None else TheirTrouble(their_code=code)
