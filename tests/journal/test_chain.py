"""The bytes that hashes and signatures are made of; other programs and courts recompute them from this page."""

from __future__ import annotations

import hashlib

from akimat_desk.journal.chain import commit_statement, genesis, link, links, personal_hash

DEVICE = "000102030405060708090a0b0c0d0e0f"


def test_the_first_link_is_made_of_device_and_epoch() -> None:
    assert genesis(DEVICE, 1) == hashlib.sha256(b"akimat-desk/chain/1\0" + bytes(range(16)) + b"\0\0\0\x01").digest()
    assert genesis(DEVICE, 1) != genesis(DEVICE, 2)


def test_each_link_covers_the_one_before() -> None:
    first = hashlib.sha256(genesis(DEVICE, 1) + hashlib.sha256(b"one").digest()).digest()
    second = hashlib.sha256(first + hashlib.sha256(b"two").digest()).digest()
    assert link(genesis(DEVICE, 1), b"one") == first
    assert list(links(genesis(DEVICE, 1), [b"one", b"two"])) == [first, second]


def test_what_a_device_signs() -> None:
    assert commit_statement(DEVICE, 1, 2, bytes(32)) == (
        b"akimat-desk/commit/1\0" + bytes(range(16)) + b"\0\0\0\x01" + b"\0\0\0\0\0\0\0\x02" + bytes(32)
    )


def test_a_personal_part_is_named_by_its_salted_hash() -> None:
    salt = bytes(range(16))
    assert personal_hash(salt, b"name") == hashlib.sha256(b"akimat-desk/personal/1\0" + salt + b"name").digest()
