"""`akimat-desk people`: what can be asked about people from the command line."""

from __future__ import annotations

import argparse
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.people.iin import ODDITIES, IinCheck, check_iin, grouped
from akimat_desk.service import Call

ALL_TAKEN: Final = 0
SOME_REFUSED: Final = 3


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `people` on `parser`."""
    subcommands = parser.add_subparsers(dest="people_command", required=True, metavar="COMMAND")
    check = subcommands.add_parser(
        "check-iin",
        help=N_("Check the check digit of individual identification numbers."),
        description=N_("Exit code 0 if every number is an IIN, 3 if any is not. Nothing is stored."),
    )
    check.add_argument(
        "numbers", nargs="+", metavar="NUMBER", help=N_("12 digits; spaces are allowed: “900101 300012”.")
    )
    check.set_defaults(needs_village=False)


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    checks = [check_iin(number) for number in call.arguments.numbers]
    call.out([_as_json(check) for check in checks], [_as_line(call, check) for check in checks])
    return ALL_TAKEN if all(check.valid for check in checks) else SOME_REFUSED


def _as_json(check: IinCheck) -> dict[str, object]:
    return {"iin": check.iin, "valid": check.valid, "reason": check.reason, "warnings": list(check.warnings)}


def _as_line(call: Call, check: IinCheck) -> str:
    if check.valid:
        said = [call.words("This is an IIN."), *(call.words(ODDITIES[oddity]) for oddity in check.warnings)]
    else:
        said = [call.words.say(check.sentence)]
    return f"{grouped(check.iin)}: {' '.join(said)}"
