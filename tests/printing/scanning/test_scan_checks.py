"""What the doctor says of the scanner."""

from __future__ import annotations

from akimat_desk.service import Desk
from printing.scanning import actions
from printing.scanning.checks import scanner as check

from .scripted_scanner import ScriptedScanner, says  # type: ignore[import-not-found]


def test_how_the_scanner_is(desk: Desk, scanner: ScriptedScanner) -> None:
    assert (check(None).state, check(desk).state) == ("off", "off")
    actions.add_scanner(desk.store, name="Hall", uri=scanner.uri)
    found = check(desk)
    assert (found.state, found.values) == ("works", (("name", "Hall"),))
    scanner.next("capabilities", says(403))
    found = check(desk)
    assert (found.state, dict(found.values)["address"]) == ("broken", scanner.uri)
