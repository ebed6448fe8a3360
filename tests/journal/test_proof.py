"""One entry can be shown alone, and nothing in it can be another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from akimat_desk.journal.keys import device_of
from akimat_desk.journal.proof import NoSuchEntry, Proof, prove
from tests.journal.village import COUNTED, REGISTRY, Author, Counted


@pytest.fixture
def proofs(open_journal: Any) -> list[Proof]:
    """Of the first, second and last entry of one commit."""
    journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        ids = [commit.append(COUNTED, Counted(day=date(2026, 11, 20), visits=number)).id for number in range(3)]
    journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=9))
    with journal.store.read() as db:
        return [prove(db, id) for id in ids]


def test_an_entry_is_proved_by_hashes_and_one_signature(proofs: list[Proof]) -> None:
    assert [(proof.header.seq, len(proof.after), proof.holds()) for proof in proofs] == [
        (2, 2, True),
        (3, 1, True),
        (4, 0, True),
    ]
    assert len({proof.signature for proof in proofs}) == 1
    assert device_of(proofs[0].public_key) == proofs[0].header.device.hex()


def test_nothing_in_a_proof_can_be_another(proofs: list[Proof]) -> None:
    first, second, _ = proofs
    other = Author("other").key
    for changed in (
        replace(first, entry=second.entry),
        replace(first, before=second.before),
        replace(first, after=first.after[:1]),
        replace(first, after=[*first.after, bytes(32)]),
        replace(first, public_key=other.public),
        replace(first, signature=other.sign(b"")),
    ):
        assert not changed.holds()


def test_an_entry_that_is_not_here_has_no_proof(open_journal: Any) -> None:
    with open_journal(REGISTRY).store.read() as db, pytest.raises(NoSuchEntry):
        prove(db, "0" * 32)
