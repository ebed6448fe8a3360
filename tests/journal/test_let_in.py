"""Whoever is let in by an entry may come in the same message, before that entry or after it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from akimat_desk.journal import Journal
from akimat_desk.journal.devices import DEVICE_ADMITTED, DeviceAdmitted, trust
from akimat_desk.journal.receive import members_only
from tests.journal.village import COUNTED, REGISTRY, Author, Counted, rows


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (1, 0, 2)], ids=["after", "before", "on both sides of it"])
def test_the_order_within_a_message_does_not_matter(open_journal: Any, order: tuple[int, ...]) -> None:
    journal: Journal = open_journal(REGISTRY)
    staff, kiosk = Author("staff"), Author("kiosk")
    with journal.store.write() as db:
        trust(db, staff.device, staff.key.public)
    key = kiosk.key.public
    staff.write(DEVICE_ADMITTED, DeviceAdmitted(device=kiosk.device, public_key=key, use="kiosk"))
    for _ in range(2):
        kiosk.write(COUNTED, Counted(day=date(2026, 11, 20), visits=1))
    batches = (staff.batch(), kiosk.batch(1, 2), kiosk.batch(3))
    taken = journal.receive([batches[number] for number in order], admit=members_only, keeps_personal=True)
    assert [(one.verdict, one.new) for one in taken] == [("taken", (2, 2, 1)[number]) for number in order]
    assert rows(journal, "village_day", "visits") == [(2,)]


def test_whoever_is_let_in_by_nobody_stays_out_and_holds_up_nobody(open_journal: Any) -> None:
    journal: Journal = open_journal(REGISTRY)
    staff, stranger = Author("staff"), Author("stranger")
    with journal.store.write() as db:
        trust(db, staff.device, staff.key.public)
    stranger.write(COUNTED, Counted(day=date(2026, 11, 20), visits=1))
    given = [stranger.batch(1, 1), stranger.batch(2), staff.batch()]
    taken = journal.receive(given, admit=members_only, keeps_personal=True)
    assert [(one.verdict, one.why) for one in taken] == [("refused", "not-admitted"), ("taken", "")]
