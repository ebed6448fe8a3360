"""`akimat-desk doctor`: every part of the desk, working or not, and what to do."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence
from akimat_desk.service import Call, Desk, Finding, Service, find_services, load

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator

log = logging.getLogger(__name__)

WORDS: Final = {
    "works": N_("works"),
    "attention": N_("needs attention"),
    "broken": N_("does not work"),
    "off": N_("not set up"),
}
BROKEN: Final = 3
"""The exit code when something does not work."""
DATABASE: Final = "akimat_desk.office.checks:database"
"""The check everything else stands on: it comes first, and where the desk does not open it tells why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One check, done."""

    service: str
    name: str
    finding: Finding


def examine(
    desk: Desk | None, services: tuple[Service, ...], closed: AkimatDeskError | None = None
) -> Iterator[Checked]:
    """Run every service's checks, one by one; a check that breaks is itself a finding. `closed` is why there is no
    desk.
    """
    for service in services:
        for check in service.checks:
            try:
                if closed is not None and check.run == DATABASE:
                    raise closed
                finding: Finding = load(check.run)(desk)
            except AkimatDeskError as why:
                finding = found_by(why)
            except Exception as bug:
                log.warning("check %s: %s", check.name, type(bug).__name__)
                finding = Finding("broken", N_("This part could not be looked at."))
            yield Checked(service.name, check.name, finding)


def found_by(error: AkimatDeskError) -> Finding:
    """What an error says of the part it came from."""
    values = tuple((name, str(value)) for name, value in error.values.items())
    return Finding("off" if error.code == "no-desk" else "broken", error.staff_text, error.next_text, values)


def said(finding: Finding, words: Translator) -> tuple[str, str]:
    """What is so, and what to do, in the language of `words`."""
    values = dict(finding.values)
    return words.say(Sentence(finding.text, values)), words.say(Sentence(finding.todo, values))


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(call: Call) -> int:
    """Print the findings; exit 0 when nothing is broken, `BROKEN` otherwise."""
    checked = _checked(call)
    rows, lines = [], []
    for item in checked:
        name, (text, todo) = call.words(item.name), said(item.finding, call.words)
        state = item.finding.state
        rows.append({"service": item.service, "name": name, "state": state, "text": text, "todo": todo})
        lines.append(" ".join(filter(None, (f"{name}: {call.words(WORDS[state])}.", text, todo))))
    broken = any(item.finding.state == "broken" for item in checked)
    call.out({"works": not broken, "parts": rows}, lines)
    return BROKEN if broken else 0


def _checked(call: Call) -> list[Checked]:
    """Every part, the database first. Where the desk does not open, the parts are looked at without it."""
    from akimat_desk.shell.opening import open_desk

    services = find_services()
    try:
        with open_desk(call.home, clock=SystemClock(), words=call.words, services=services) as desk:
            found = list(examine(desk, services))
    except AkimatDeskError as why:
        found = list(examine(None, services, why))
    first = {check.name for service in services for check in service.checks if check.run == DATABASE}
    return sorted(found, key=lambda item: item.name not in first)
