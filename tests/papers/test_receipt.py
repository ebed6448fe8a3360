"""Where each line of a receipt falls, in dots."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.papers.qr import QUIET, TooLongForQr, qr
from akimat_desk.papers.receipt import (
    MARGIN,
    NARROW,
    WIDE,
    Block,
    Code,
    Dots,
    Emblem,
    Layout,
    Number,
    Pair,
    PlacedCode,
    PlacedEmblem,
    PlacedRule,
    PlacedText,
    Receipt,
    Row,
    Rule,
    Text,
    lay_out,
)
from akimat_desk.papers.typefaces import face

BOTH = pytest.mark.parametrize("dots", [NARROW, WIDE])


def laid(*lines: object, dots: Dots = WIDE) -> Layout:
    return lay_out(Receipt(lines), dots)  # type: ignore[arg-type]


def words(layout: Layout) -> list[str]:
    return [item.text for block in layout.blocks for item in block.items if isinstance(item, PlacedText)]


def width(item: PlacedText) -> float:
    return face(item.size, bold=item.bold).getlength(item.text)


@pytest.mark.parametrize(("dots", "size", "left"), [(WIDE, 115, 230), (NARROW, 76, 154)])
def test_the_emblem_takes_a_fifth_of_the_width_in_the_middle(dots: Dots, size: int, left: int) -> None:
    assert laid(Emblem(), dots=dots).blocks[0].items == (PlacedEmblem(left, 0, size),)


@pytest.mark.parametrize(("dots", "size"), [(WIDE, 170), (NARROW, 120)])
def test_a_ticket_number_is_as_large_as_the_design_says(dots: Dots, size: int) -> None:
    (item,) = laid(Number("А-04"), dots=dots).blocks[0].items
    assert isinstance(item, PlacedText)
    assert (item.size, item.bold) == (size, True)


def test_a_long_number_is_drawn_smaller_instead_of_cut() -> None:
    (item,) = laid(Number("1 234 567 890 ₸"), dots=NARROW).blocks[0].items
    assert isinstance(item, PlacedText)
    assert item.size < 120
    assert width(item) <= NARROW - 2 * MARGIN


@pytest.mark.parametrize(("dots", "sizes"), [(WIDE, [30, 33, 40, 24]), (NARROW, [23, 25, 31, 18])])
def test_sizes_of_text(dots: Dots, sizes: list[int]) -> None:
    layout = laid(Text("а"), Text("а", "title"), Text("а", "large"), Text("а", "small"), dots=dots)
    assert [item.size for block in layout.blocks for item in block.items if isinstance(item, PlacedText)] == sizes


def test_lines_are_about_equally_long() -> None:
    text = "Алдыңызда 3 адам бар. Нөміріңіз таблода шығады және дауыспен айтылады."
    assert words(laid(Text(text))) == [
        "Алдыңызда 3 адам бар.",
        "Нөміріңіз таблода шығады",
        "және дауыспен айтылады.",
    ]


def test_a_line_break_in_the_text_stays() -> None:
    assert words(laid(Text("сағат 10:45\n3-бөлме"))) == ["сағат 10:45", "3-бөлме"]


def test_a_word_longer_than_the_paper_is_broken() -> None:
    layout = laid(Text("ы" * 40), dots=NARROW)
    assert words(layout) == ["ы" * 19, "ы" * 19, "ы" * 2]


def test_label_and_value_at_the_two_edges() -> None:
    (block,) = laid(Row("Төленетін сома", "480 ₸", bold=True)).blocks
    label, value = block.items
    assert isinstance(label, PlacedText)
    assert isinstance(value, PlacedText)
    assert (label.x, label.baseline, label.bold) == (MARGIN, value.baseline, True)
    assert value.x + width(value) == WIDE - MARGIN


def test_a_value_that_does_not_fit_beside_its_label_goes_a_line_lower() -> None:
    (block,) = laid(Row("Түрлі түсті, екі жағына", "3 × 100 ₸"), dots=NARROW).blocks
    assert [(item.text, item.baseline) for item in block.items if isinstance(item, PlacedText)] == [
        ("Түрлі түсті, екі жағына", 23),
        ("3 × 100 ₸", 53),
    ]


def test_a_pair_is_centred_with_its_value_bold() -> None:
    (block,) = laid(Pair("Тексеру коды", "58 214")).blocks
    label, value = block.items
    assert isinstance(label, PlacedText)
    assert isinstance(value, PlacedText)
    assert (label.text, label.bold, value.text, value.bold) == ("Тексеру коды ", False, "58 214", True)
    assert label.x + width(label) == value.x
    assert round(label.x) == round(WIDE - value.x - width(value))


def test_a_pair_too_wide_becomes_two_lines() -> None:
    layout = laid(Pair("Уақытты өзгерту коды", "58 214 58 214"), dots=NARROW)
    assert words(layout) == ["Уақытты өзгерту коды", "58 214 58 214"]


@BOTH
def test_a_rule_runs_from_margin_to_margin(dots: Dots) -> None:
    (item,) = laid(Rule(), dots=dots).blocks[0].items
    assert isinstance(item, PlacedRule)
    assert (item.x, item.to) == (MARGIN, dots - MARGIN)


@pytest.mark.parametrize(("dots", "module"), [(WIDE, 8), (NARROW, 6)])
def test_a_qr_code_has_four_modules_of_white_on_all_sides(dots: Dots, module: int) -> None:
    layout = laid(Rule(), Code("58214"), Text("Тексеру коды"), dots=dots)
    rule, code, text = layout.blocks
    (line,), (square,), (label,) = rule.items, code.items, text.items
    assert isinstance(line, PlacedRule)
    assert isinstance(square, PlacedCode)
    assert isinstance(label, PlacedText)
    assert square.module == module
    side = module * square.code.modules
    assert square.x >= QUIET * module
    assert dots - square.x - side >= QUIET * module
    assert rule.height - line.y - line.thickness + square.y == QUIET * module
    letters_top = label.baseline + face(label.size).getbbox(label.text, anchor="ls")[1]
    assert code.height - square.y - side + letters_top >= QUIET * module


def test_a_long_code_gets_finer_modules_and_still_fits() -> None:
    (block,) = laid(Code("x" * 400), dots=NARROW).blocks
    (square,) = block.items
    assert isinstance(square, PlacedCode)
    assert square.module == 4
    assert square.module * (square.code.modules + 2 * QUIET) <= NARROW


def test_more_than_a_qr_code_holds_is_a_bug_of_the_caller() -> None:
    with pytest.raises(TooLongForQr):
        qr("x" * 3000)


def test_the_height_is_all_blocks_and_two_margins() -> None:
    layout = laid(Text("а"), Rule(), Number("1"))
    assert layout.height == 2 * MARGIN + sum(block.height for block in layout.blocks)
    assert laid() == Layout(WIDE, ())
    assert laid().height == 2 * MARGIN


def test_a_receipt_waits_in_the_tray_as_json() -> None:
    receipt = Receipt(
        (Emblem(), Text("Ақжар", "title", True), Row("Сома", "480 ₸"), Rule(), Code("58214"), Number("1"))
    )
    assert msgspec.json.decode(msgspec.json.encode(receipt), type=Receipt) == receipt


LINES = st.one_of(
    st.builds(Text, st.text(max_size=80), st.sampled_from(["body", "title", "large", "small"]), st.booleans()),
    st.builds(Row, st.text(max_size=60), st.text(max_size=40), st.booleans()),
    st.builds(Pair, st.text(max_size=40), st.text(max_size=20)),
    st.builds(Number, st.text(max_size=12)),
    st.builds(Rule),
    st.builds(Emblem),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=6), st.sampled_from([NARROW, WIDE]))
def test_whatever_stands_on_it_nothing_leaves_the_paper(lines: list[object], dots: Dots) -> None:
    for block in laid(*lines, dots=dots).blocks:
        assert isinstance(block, Block)
        for item in block.items:
            if isinstance(item, PlacedText):
                assert item.x >= MARGIN - 1
                assert item.x + width(item) <= dots - MARGIN + 1
                assert 0 <= item.baseline <= block.height
