"""`akimat-desk doctor`: every part of the desk, working or not, and what to do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence
from akimat_desk.service import Call, Desk, Finding, Service, find_services, load

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator

_WORDS: Final = {
    "works": N_("works"),
    "attention": N_("needs attention"),
    "broken": N_("does not work"),
    "off": N_("not set up"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One check, done."""

    service: str
    name: str
    finding: Finding


def examine(desk: Desk | None, services: tuple[Service, ...]) -> Iterator[Checked]:
    """Run every service's checks, one by one; a check that breaks is itself a finding."""
    for service in services:
        for check in service.checks:
            try:
                finding: Finding = load(check.run)(desk)
            except AkimatDeskError as why:
                values = tuple((name, str(value)) for name, value in why.values.items())
                finding = Finding("broken", why.staff_text, why.next_text, values)
            yield Checked(service.name, check.name, finding)


def said(finding: Finding, words: Translator) -> tuple[str, str]:
    """What is so, and what to do, in the language of `words`."""
    values = dict(finding.values)
    return words.say(Sentence(finding.text, values)), words.say(Sentence(finding.todo, values))


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(call: Call) -> int:
    """Print the findings; exit 0 when nothing is broken, 3 otherwise."""
    from akimat_desk.shell.opening import open_desk

    services = find_services()
    try:
        with open_desk(call.home, clock=SystemClock(), words=call.words, services=services) as desk:
            checked = list(examine(desk, services))
    except AkimatDeskError as why:
        values = tuple((name, str(value)) for name, value in why.values.items())
        finding = Finding("off" if why.code == "no-desk" else "broken", why.staff_text, why.next_text, values)
        first = Checked("office", N_("Desk"), finding)
        checked = [first, *examine(None, services)]
    rows, lines = [], []
    for item in checked:
        text, todo = said(item.finding, call.words)
        rows.append(
            {
                "service": item.service,
                "name": call.words(item.name),
                "state": item.finding.state,
                "text": text,
                "todo": todo,
            }
        )
        state = call.words(_WORDS[item.finding.state])
        lines.append(f"{call.words(item.name)}: {state}. {text}" + (f" {todo}" if todo else ""))
    broken = any(item.finding.state == "broken" for item in checked)
    call.out({"works": not broken, "parts": rows}, lines)
    return 3 if broken else 0
