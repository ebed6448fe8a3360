"""One entry can be shown alone, and nothing in it can be another."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from akimat_desk.journal.keys import device_of
from akimat_desk.journal.proof import (
    ManyEntries,
    NoSuchEntry,
    NotAProof,
    Proof,
    entry_at,
    prove,
    read_proof,
    write_proof,
)
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Author, Counted, Named, Printed


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


def test_a_proof_is_a_file_that_says_the_same_everywhere(proofs: list[Proof]) -> None:
    for proof in proofs:
        text = write_proof(proof)
        assert text.isascii()
        assert read_proof(text) == proof


def test_a_personal_part_is_proved_only_where_it_was_asked_for(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    entry = journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    with journal.store.read() as db:
        bare, full = prove(db, entry.id), prove(db, entry.id, with_personal=True)
    assert bare.personal is None
    assert full.personal is not None
    assert "Айгүл".encode() in full.personal.data
    assert read_proof(write_proof(full)) == full
    assert (bare.holds(), full.holds()) == (True, True)
    other = replace(full.personal, data=full.personal.data.replace("Айгүл".encode(), "Ербол".encode()[:10]))
    assert not replace(full, personal=other).holds()


def test_every_single_changed_letter_of_the_file_is_seen(proofs: list[Proof]) -> None:
    text = write_proof(proofs[0])
    changed = 0
    for place, sign in enumerate(text):
        if chr(sign) not in "0123456789abcdef":
            continue
        other = text[:place] + (b"1" if sign == ord("0") else b"0") + text[place + 1 :]
        with contextlib.suppress(NotAProof):
            assert not read_proof(other).holds()
        changed += 1
    assert changed > 500


@pytest.mark.parametrize("text", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"proof": "akimat-desk/proof/2"}'])
def test_what_is_no_proof_is_told_so(text: bytes) -> None:
    with pytest.raises(NotAProof):
        read_proof(text)


def test_a_device_is_named_by_its_first_key_alone(proofs: list[Proof]) -> None:
    assert proofs[0].key_is_the_devices
    assert not replace(proofs[0], public_key=bytes(32)).key_is_the_devices


def test_an_entry_is_found_by_its_number_or_its_place(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    entry = journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=1))
    with journal.store.read() as db:
        for place in (entry.id, f"{journal.device[:8]}/1/2", f"{journal.device.upper()}/1/2"):
            assert entry_at(db, place) == entry.id
        for place in (
            f"{journal.device[:8]}/1/3",
            f"{journal.device[:7]}/1/2",
            "x/y/z",
            f"{journal.device[:8]}/1/{10**40}",
        ):
            with pytest.raises(NoSuchEntry):
                entry_at(db, place)


def test_a_beginning_that_fits_two_pcs_is_not_guessed(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with journal.store.write() as db:
        db.execute_sql("UPDATE journal_chain SET device = 'aaaaaaaa' || substr(device, 9)")
        db.execute_sql(
            "INSERT INTO journal_chain SELECT NULL, 'aaaaaaaab' || substr(device, 10), epoch, public_key, seq,"
            " hash FROM journal_chain"
        )
        db.execute_sql(
            "INSERT INTO journal_entry (chain, seq, id, at, bytes, hash, personal) SELECT"
            " max(c.id), 1, 'b', 0, x'', x'', 0 FROM journal_chain c"
        )
    with journal.store.read() as db, pytest.raises(ManyEntries):
        entry_at(db, "aaaaaaaa/1/1")
