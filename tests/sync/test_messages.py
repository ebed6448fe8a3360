"""Messages are small, and what is no message is refused before it costs anything."""

from __future__ import annotations

import os
from datetime import date

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from akimat_desk.journal.tables import Head
from akimat_desk.sync.errors import NotADesk, TooMuch
from akimat_desk.sync.messages import (
    MAX_PACKED,
    MAX_UNPACKED,
    Ask,
    Pull,
    Push,
    Same,
    Slip,
    pack,
    unpack_answer,
    unpack_request,
)
from akimat_desk.sync.packing import packed
from akimat_desk.sync.presence import News, Presence, Wait, read_news, read_wait
from tests.journal.village import COUNTED, Author, Counted


def test_a_request_comes_out_as_it_went_in() -> None:
    request = Pull([Head("1" * 32, 1, 5, bytes(32))])
    assert unpack_request(pack(request)) == request


def test_five_hundred_entries_are_small() -> None:
    author = Author()
    for number in range(500):
        author.write(COUNTED, Counted(day=date(2026, 11, 20), visits=number), id=os.urandom(16))
    assert len(pack(Push([author.batch()]))) < 500 * 50


@pytest.mark.parametrize("size", [MAX_UNPACKED + 1, 1 << 30])
def test_a_few_bytes_cannot_become_many(size: int) -> None:
    zeros = b"\0" * (1 << 20)
    packer = zstandard.ZstdCompressor(level=3).compressobj(size=size)
    bomb = b"".join(packer.compress(zeros[: min(len(zeros), size - done)]) for done in range(0, size, len(zeros)))
    with pytest.raises(TooMuch):
        unpack_request(bomb + packer.flush())


def test_a_size_that_is_not_told_is_refused() -> None:
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    with pytest.raises(TooMuch):
        unpack_request(packer.compress(b"\0" * 100) + packer.flush())


def test_a_size_that_is_a_lie_is_refused() -> None:
    honest = bytearray(zstandard.ZstdCompressor().compress(bytes(200)))
    assert honest[5] == 200
    honest[5] = 100
    with pytest.raises(NotADesk):
        unpack_request(bytes(honest))


def test_more_bytes_than_a_message_has_are_refused() -> None:
    with pytest.raises((NotADesk, TooMuch)):
        unpack_request(pack(Ask(bytes(32))) + bytes(MAX_PACKED))
    with pytest.raises(NotADesk):
        unpack_request(pack(Ask(bytes(32))) + b"x")


@pytest.mark.parametrize(
    "value", [None, 7, {}, [99], [1, b"short"], [1, bytes(32), ["not an id"]], [6, [["x", 1, 1, [], [], b""]]]]
)
def test_another_value_is_no_message(value: object) -> None:
    packed = zstandard.ZstdCompressor().compress(msgspec.msgpack.encode(value))
    with pytest.raises(NotADesk):
        unpack_request(packed)


@pytest.mark.parametrize("number", [-1, 2**62, 2**63, 2**64 - 1])
def test_numbers_no_desk_counts_to_are_refused(number: int) -> None:
    batch, head, slip = Author().batch(), Head("1" * 32, 1, 5, bytes(32)), Slip("1" * 32, 1, 0, [], bytes(64))
    unpack_request(pack(Push([batch])))
    unpack_request(pack(Pull([head])))
    unpack_answer(pack(Same(slip)))
    for request in (
        Push([replace(batch, epoch=number)]),
        Push([replace(batch, first=number)]),
        Pull([replace(head, epoch=number)]),
        Pull([replace(head, seq=number)]),
    ):
        with pytest.raises(NotADesk):
            unpack_request(pack(request))
    for answer in (Same(replace(slip, epoch=number)), Same(replace(slip, at_ms=number))):
        with pytest.raises(NotADesk):
            unpack_answer(pack(answer))


@given(st.binary(max_size=200))
def test_no_bytes_are_ever_more_than_refused(data: bytes) -> None:
    for unpack in (unpack_request, unpack_answer):
        with pytest.raises((NotADesk, TooMuch)):
            unpack(data)


def test_a_text_that_is_no_text_is_refused() -> None:
    """One changed bit in a device's name makes bytes that are no UTF-8."""
    for message, unpack in (
        (Pull([Head("1" * 32, 1, 5, bytes(32))]), unpack_request),
        (Same(Slip("1" * 32, 1, 0, [], bytes(64))), unpack_answer),
    ):
        changed = msgspec.msgpack.encode(message).replace(b"1" * 32, b"1" * 31 + b"\xb1")
        with pytest.raises(NotADesk):
            unpack(packed(changed))


def test_programs_that_know_of_no_live_marks_are_understood() -> None:
    """An older PC asks without them and is kept waiting; an older host tells of none."""
    digest = b"d" * 32
    assert read_wait(packed(msgspec.msgpack.encode([1, digest, [], 3]))) == Wait(digest, Presence(), 3, None)
    assert read_news(packed(msgspec.msgpack.encode([2, False, 3, 0, []]))) == News(False, 3, 0, [], {})
