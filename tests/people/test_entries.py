"""The kinds of entry about people: nothing personal in facts, and bytes that stay readable for ever."""

from __future__ import annotations

import msgspec
import pytest

from akimat_desk.journal import Facts, Kind
from akimat_desk.journal.free_text import free_text_in
from akimat_desk.people.entries import (
    KINDS,
    ResidentChanged,
    ResidentDetails,
    ResidentErased,
    ResidentRegistered,
    StaffAdded,
    StaffChanged,
    StaffName,
    StaffPin,
    StaffPinSet,
    StaffRenamed,
    StaffSecrets,
    ZoneChanged,
    ZoneContent,
    ZoneOpened,
)

A, B, C = "a" * 32, "b" * 32, "c" * 32
ZONE_WRITTEN = {"name_kk": "Ақжар", "name_ru": "Акжар", "letterhead_kk": ["Ақжар"], "hours": [None] * 7}
ZONE = ZoneContent(name_kk="Ақжар", name_ru="Акжар", letterhead_kk=("Ақжар",), hours=(None,) * 7)

WRITTEN: list[tuple[Facts, dict[str, object]]] = [
    (ResidentRegistered(resident=A, by=B), {"resident": A, "by": B}),
    (ResidentChanged(resident=A, replaces=(B, C)), {"resident": A, "replaces": [B, C]}),
    (ResidentErased(resident=A), {"resident": A}),
    (
        ResidentDetails(surname="Қасымов", given="Әлі", iin="650101500016", phone="+77015550011", street="Абай, 27"),
        {"surname": "Қасымов", "given": "Әлі", "iin": "650101500016", "phone": "+77015550011", "street": "Абай, 27"},
    ),
    (StaffAdded(staff=A, role="administrator"), {"staff": A, "role": "administrator"}),
    (
        StaffChanged(staff=A, role="staff", active=False, replaces=(B,), by=C),
        {"staff": A, "role": "staff", "active": False, "replaces": [B], "by": C},
    ),
    (StaffRenamed(staff=A, replaces=(B,), by=C), {"staff": A, "replaces": [B], "by": C}),
    (StaffPinSet(staff=A, by=A), {"staff": A, "by": A}),
    (StaffSecrets(name="Айгүл", pin="$argon2id$"), {"name": "Айгүл", "pin": "$argon2id$"}),
    (StaffName(name="Айгүл"), {"name": "Айгүл"}),
    (StaffPin(pin="$argon2id$"), {"pin": "$argon2id$"}),
    (ZoneOpened(zone=A, content=ZONE), {"zone": A, "content": ZONE_WRITTEN}),
    (
        ZoneChanged(zone=A, content=ZONE, replaces=(B,), by=C),
        {"zone": A, "content": ZONE_WRITTEN, "replaces": [B], "by": C},
    ),
]
"""Facts and personal parts, and the maps that version 1 writes of them; a released map never changes."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_facts_hold_no_free_text(kind: Kind) -> None:
    assert free_text_in(kind.facts) == ()


@pytest.mark.parametrize(("part", "written"), WRITTEN, ids=lambda value: type(value).__name__)
def test_what_is_written_can_be_read_for_ever(part: Facts, written: dict[str, object]) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(part)) == written
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(written), type=type(part)) == part


def test_every_kind_is_among_them() -> None:
    parts = {kind.facts for kind in KINDS} | {kind.personal for kind in KINDS if kind.personal}
    assert {type(part) for part, _ in WRITTEN} == parts
