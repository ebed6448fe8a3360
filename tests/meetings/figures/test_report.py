"""The report on paper, for a spreadsheet, on the command line and on the staff's page."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import Language
from akimat_desk.papers.tray import OutTray
from akimat_desk.service import Call, Desk, load
from meetings import commands
from meetings.figures import room as figures_room
from meetings.figures.report import _DAY_HEADS, _WORK_HEADS, Told, period_name, report_csv, report_json, report_pdf
from meetings.figures.screens.enter import the_figures
from meetings.figures.tour import staff

from .conftest import Seen


def told(desk: Desk, begin: date = date(2026, 12, 1), end: date = date(2027, 2, 1)) -> Told:
    """The two months."""
    return figures_room.told(desk, begin, end)


def text_of(pdf: bytes) -> str:
    """All words of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


class Heard(Call):
    """A call that remembers what it was told."""

    def out(self, value: object, lines: Iterable[str]) -> None:
        """See `Call`."""
        object.__setattr__(self, "said", (value, list(lines)))


def asked(desk: Desk, *given: str) -> tuple[Any, list[str]]:
    """What `receptions report` says, as a value and as lines."""
    parser = argparse.ArgumentParser()
    commands.add(parser)
    english = replace(desk, words=desk.words.in_language("en"))
    call = Heard(parser.parse_args(["report", *given]), english.words, desk.home, english)
    assert commands.run(call) == 0
    said: tuple[Any, list[str]] = call.said  # type: ignore[attr-defined]
    return said


def test_the_paper_tells_the_figures_and_has_lines_to_sign_and_names_no_resident(lived: Desk) -> None:
    text = text_of(report_pdf(told(lived), None, "Ақжар", lived.words.in_language("ru")))
    text = " ".join(text.split())
    for words in ("Приёмы: отчёт", "Половина ждала не дольше 12 мин", "33 %", "50 %", "Подписи"):
        assert words in text
    assert "Сейітова" not in text
    assert "опір" not in text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_yearly_paper_breaks_no_word_and_leaves_out_what_is_empty(lived: Desk, language: Language) -> None:
    words = lived.words.in_language(language)
    read = text_of(report_pdf(told(lived, date(2026, 1, 1), date(2027, 1, 1)), None, "Ақжар", words)).split()
    heads = {word for head in (*_DAY_HEADS, *_WORK_HEADS) for word in words(head).split()}
    assert heads - set(read) == set()
    assert "Ақжар" in read
    empty = text_of(report_pdf(told(lived, date(2024, 1, 1), date(2025, 1, 1)), None, "Ақжар", words))
    assert words("Signatures") in empty
    assert [one for one in ("Subjects", "By day", "Receptions by month", "Received by") if words(one) in empty] == []


@pytest.mark.parametrize("days", [1, 12, *range(22, 40), 52])
def test_nobody_signs_a_sheet_with_nothing_on_it(lived: Desk, days: int) -> None:
    year = told(lived, date(2026, 1, 1), date(2027, 1, 1))
    one = year.figures.days[0]
    many = tuple((date(2026, 1, 2) + timedelta(days=7 * n), one[1]) for n in range(days))
    pdf = report_pdf(replace(year, figures=replace(year.figures, days=many)), None, "", lived.words.in_language("en"))
    with pypdfium2.PdfDocument(pdf) as document:
        last = document[len(document) - 1].get_textpage().get_text_range()
    assert "Signatures" in last
    assert format_date(many[-1][0], "en", "short") in last


@pytest.mark.parametrize(
    ("begin", "end", "name"),
    [
        (date(2026, 12, 1), date(2027, 1, 1), "December 2026"),
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2017, 1, 1), date(2027, 1, 1), "2017–2026"),
        (date(2026, 12, 1), date(2027, 2, 1), "December 2026 – January 2027"),
    ],
)
def test_a_period_has_a_name(lived: Desk, begin: date, end: date, name: str) -> None:
    assert period_name(told(lived, begin, end).figures, "en") == name


def test_the_table_for_a_spreadsheet_has_a_line_a_month(lived: Desk) -> None:
    rows = list(csv.reader(io.StringIO(report_csv(told(lived), lived.words.in_language("en")))))
    assert rows[0][:7] == [
        "Month",
        "People expected",
        "Came",
        "People received",
        "Missed",
        "Half waited, min",
        "Nine of ten waited, min",
    ]
    assert rows[1:] == [
        ["2026-12", "4", "3", "3", "1", "12", "40", "1", "4", "1", "1", "1", "1", "1"],
        ["2027-01", "1", "1", "1", "0", "", "", "1", "1", "0", "0", "0", "0", "0"],
    ]


def test_the_command_tells_the_same_and_saves_both_files(lived: Desk, tmp_path: Path) -> None:
    value, lines = asked(lived, "--from", "2026-12", "--to", "2027-01", "--save", str(tmp_path))
    assert {name: value[name] for name in report_json(told(lived))} == report_json(told(lived))
    assert value["assignments"]["share_in_time"] == 0.3333
    assert lines[0] == "December 2026 – January 2027"
    assert "2026-12: received 3, in time 33%" in lines
    pdf, table = (Path(file) for file in value["files"])
    assert pdf.read_bytes().startswith(b"%PDF")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    this_year, _ = asked(lived)
    assert (this_year["begin"], this_year["end"], this_year["files"]) == ("2027-01-01", "2028-01-01", [])


def test_a_folder_that_cannot_be_written_is_told(lived: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AkimatDeskError):
        asked(lived, "--save", str(tmp_path / "file"))
    with pytest.raises(AkimatDeskError):
        asked(lived, "--save", str(tmp_path / "none" / "here"))
    assert not (tmp_path / "none").exists()


@pytest.mark.screen
def test_staff_look_at_a_year_and_at_a_month_and_print_it(lived: Desk, seen: Seen) -> None:
    seen.show(the_figures(lived), "en")
    assert {"2027", "People received", "Assignments", "Land and housing"} <= set(seen.texts)
    seen.press("before")
    assert {"2026", "Nine of ten waited no longer than", "40 min"} <= set(seen.texts)
    seen.press("print")
    assert [one.title.msgid for one in OutTray(lived.store, lived.clock).papers()] == ["Receptions: report"]
    seen.press("save")
    assert (lived.home.data / "reports" / "receptions-2026.pdf").exists()
    seen.press("period-month")
    assert "January 2026" in seen.texts
    assert "Nothing in this time" in seen.texts


@pytest.mark.screen
def test_the_tour_finds_its_way_over_the_page(lived: Desk, seen: Seen) -> None:
    pictures: list[tuple[str, int]] = []

    class Walk:
        """The tour's hands in a window in which everything is done at once."""

        def open_page(self, screen: str) -> None:
            seen.show(load(screen)(lived))

        def until(self, control: str) -> None:
            assert control in seen.page.controls

        def press(self, control: str) -> None:
            seen.press(control)

        def picture(self, name: str) -> None:
            pictures.append((name, seen.texts.count("Қабылданған адамдар")))

    staff(Walk())  # type: ignore[arg-type]
    assert pictures == [("staff-receptions-figures", 2), ("staff-receptions-figures-month", 2)]
