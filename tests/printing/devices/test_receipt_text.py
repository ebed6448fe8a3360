"""Receipts in the printer's own letters: every Kazakh one arrives, nothing becomes "?"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.papers.receipt import Code, Emblem, Number, Pair, Receipt, Row, Rule, Text
from printing.devices.receipt_text import COLUMNS, _broken, sample, text_bytes
from printing.papers import LETTERS
from tests.printing.decoders import decode_receipt

START, CUT = b"\x1b@\x1bt\x35", b"\x1bd\x06\x1dV\x00"


def written(receipt: Receipt) -> str:
    """What stands on the paper, as a printer with page 53 reads it; commands taken out."""
    data = text_bytes(receipt, 384)
    assert data.startswith(START)
    assert data.endswith(CUT)
    body = data[len(START) : -len(CUT)]
    for size in range(256):
        body = body.replace(b"\x1d!" + bytes([size]), b"")
    for command in (b"\x1ba\x00", b"\x1ba\x01", b"\x1bE\x00", b"\x1bE\x01"):
        body = body.replace(command, b"")
    return body.decode("kz1048")


def test_every_kazakh_letter_arrives_and_the_tenge_is_written_out() -> None:
    assert written(Receipt((Text(LETTERS),))).split() == LETTERS.replace("₸", "тг").split()


def test_labels_stand_left_and_values_right() -> None:
    rows = (Row("Парақ саны", "3"), Row("Төленетін сома", "1\u00a0240\u00a0₸", bold=True), Rule(), Pair("Код:", "4821"))
    assert written(Receipt(rows)).split("\n") == [
        "Парақ саны                     3",
        "Төленетін сома          1\u00a0240\u00a0тг",
        "-" * 32,
        "Код: 4821",
        "",
    ]


def test_a_value_that_has_no_room_goes_a_line_lower() -> None:
    assert written(Receipt((Row("Әкімнің жеке қабылдауы", "екінші қабат"),))).split("\n")[:2] == [
        "Әкімнің жеке қабылдауы",
        "екінші қабат".rjust(32),
    ]


def test_a_number_is_as_large_as_the_paper_allows() -> None:
    assert b"\x1d!\x33\x1bE\x014821\n" in text_bytes(Receipt((Number("4821"),)), 384)
    assert b"\x1d!\x11\x1bE\x0112345678901234\n" in text_bytes(Receipt((Number("12345678901234"),)), 384)


def test_emblem_and_code_are_pictures_between_the_letters() -> None:
    data = text_bytes(Receipt((Emblem(), Text("Басу"), Code("A1"))), 576)
    _, others = decode_receipt(data)
    assert "Басу".encode("kz1048") in others
    assert data.count(b"\x1dv0") >= 2
    assert data.count(b"\x1bt\x35") == 3  # a picture begins with a reset, which forgets the page


def test_a_letter_the_page_lacks_makes_a_picture_of_all() -> None:
    _, others = decode_receipt(text_bytes(Receipt((Text("Ślepy"),)), 384))
    assert others == b"\x1b@" + CUT


def test_the_test_receipt_shows_both_ways() -> None:
    _, others = decode_receipt(sample(Receipt((Text("Сынақ"),)), LETTERS, 384))
    assert LETTERS.split()[0].encode("kz1048") in others
    assert others.endswith(CUT)


@pytest.mark.parametrize("columns", COLUMNS.values())
@given(text=st.text("аәбқ ₸\n", max_size=200))
def test_nothing_is_lost_in_breaking_lines(columns: int, text: str) -> None:
    lines = _broken(text, columns)
    assert all(len(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
