"""Whatever stands in columns comes out row by row as it went in; what never were rows is seen."""

from __future__ import annotations

import os
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal.batch import Batch
from akimat_desk.sync.columns import Columns, Uneven, in_columns, in_rows, to_columns, to_rows
from akimat_desk.sync.packing import packed
from tests.journal.village import COUNTED, PRINTED, Author, Counted, Named, Printed


@given(st.lists(st.binary(max_size=20), max_size=50))
def test_rows_come_out_as_they_went_in(rows: list[bytes]) -> None:
    assert to_rows(to_columns(rows)) == rows


def test_rows_of_one_length_stand_in_columns() -> None:
    assert to_columns([b"abc", b"x", b"def", b"ghi", b"yz"]) == Columns(
        [3, 1, 3, 3, 2], b"adg" + b"beh" + b"cfi" + b"xyz"
    )


@given(st.lists(st.integers(0, 30), max_size=20), st.binary(max_size=60))
def test_what_never_were_rows_is_seen(lengths: list[int], data: bytes) -> None:
    if sum(lengths) == len(data):
        assert [len(row) for row in to_rows(Columns(lengths, data))] == lengths
    else:
        with pytest.raises(Uneven):
            to_rows(Columns(lengths, data))


def a_batch(*, parts: bool) -> Batch:
    author = Author()
    for number in range(30):
        author.write(COUNTED, Counted(day=date(2026, 11, 20), visits=number), id=os.urandom(16))
        author.write(PRINTED, Printed(pages=number, tenge=20), Named(name="Айгүл" * number) if parts else None)
    return author.batch()


@pytest.mark.parametrize("parts", [True, False])
def test_a_batch_comes_out_as_it_went_in(parts: bool) -> None:
    batch = a_batch(parts=parts)
    assert in_rows(in_columns(batch)) == batch


def test_columns_pack_smaller_than_rows() -> None:
    batch = a_batch(parts=False)
    sizes = [len(packed(msgspec.msgpack.encode(one))) for one in (in_columns(batch), batch)]
    assert sizes[0] < sizes[1]


def test_a_batch_that_cannot_be_is_refused() -> None:
    batch = in_columns(a_batch(parts=True))
    nothing = Columns([], b"")
    for change in (
        {"entries": nothing},
        {"entries": Columns([0, *batch.entries.lengths], batch.entries.data)},
        {"salts": nothing},
        {"salts": Columns([len(batch.salts.data)], batch.salts.data), "parts": Columns([1], b"x")},
        {"parts": Columns(batch.parts.lengths, batch.parts.data + b"x")},
    ):
        with pytest.raises(Uneven):
            in_rows(msgspec.structs.replace(batch, **change))
