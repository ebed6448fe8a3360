"""Which texts are gathered from the sources, and how the catalogues are kept in step with them."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from installer.catalogues import CannotGather, Text, packages, po_file, texts_in, wanted_files


def found(source: str) -> list[tuple[str, str, str]]:
    return [(text.msgid, text.plural, text.context) for text in texts_in(source)]


@pytest.mark.parametrize(
    "source",
    [
        'N_("Saved.")',
        'Sentence("Saved.", {"n": 1})',
        't("Saved.", n=1)',
        'words("Saved.")',
        'self._words("Saved.")',
        'desk.words("Saved.")',
        'translator("Saved.")',
        't.say(Sentence("Saved."))',
        't("Sa" "ved.")',
        't("Saved." if done else "")',
    ],
)
def test_a_text_is_found(source: str) -> None:
    assert found(source) == [("Saved.", "", "")]


@pytest.mark.parametrize(
    "door",
    [
        'Tile(title="Saved.", short="", hint="", icon="Not a text", hue="sky", screen="not.a:text")',
        'Tile("Saved.", "", "", "not a text", "sky", "not.a:text")',
        'Finding("works", "Saved.")',
        'Command("name", "Saved.", "a:b", "c:d")',
        'Check("name", run="a:b"), Figure(label="Saved.", value="Not a text")',
    ],
)
def test_the_texts_of_a_door_are_found(door: str) -> None:
    imported = "from akimat_desk.service import Check, Command, Figure, Finding, Tile"
    assert found(f"{imported}\n{door}") == [("Saved.", "", "")]
    assert found(door) == []


def test_a_button_has_its_context() -> None:
    assert found('words.button("Save")') == [("Save", "", "button")]
    assert found('t.button("Stop" if busy else "Start")') == [("Stop", "", "button"), ("Start", "", "button")]


def test_a_counted_text_has_both_forms() -> None:
    assert found('t.count("{n} sheet", "{n} sheets", n)') == [("{n} sheet", "{n} sheets", "")]


def test_the_sentences_of_an_error_are_found() -> None:
    source = """
class PaperOut(Unavailable):
    code = "paper-out"
    resident_text: ClassVar[str] = "The printer is out of paper."
    staff_text = N_("Tray {tray} is empty.")
    next_text = "Put paper in."
"""
    assert sorted(text for text, _, _ in found(source)) == [
        "Put paper in.",
        "The printer is out of paper.",
        "Tray {tray} is empty.",
    ]


@pytest.mark.parametrize(
    "source",
    [
        '"a string"',
        'log("Saved.")',
        '"text".count("t")',
        "words.count(x)",
        "t(text)",
        'stage.say("error", said)',
        "f()()",
    ],
)
def test_nothing_else_is(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "source", ['t(f"Page {n}")', 't.button("Page " + n)', 't.count("a" % n, "b", n)', 'N_(f"{x}")']
)
def test_a_sentence_built_from_pieces_is_refused(source: str) -> None:
    with pytest.raises(CannotGather, match=r"code\.py:1"):
        list(texts_in(source, "code.py"))


def test_a_button_whose_text_is_handed_in_is_refused() -> None:
    with pytest.raises(CannotGather, match="button's text"):
        list(texts_in("words.button(label)"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two packages that share the word "Save"."""
    (tmp_path / "pyproject.toml").write_text('[tool.setuptools]\npackages = ["desk", "desk.ui", "printing"]\n')
    (tmp_path / "desk" / "ui").mkdir(parents=True)
    (tmp_path / "printing").mkdir()
    (tmp_path / "desk" / "ui" / "screen.py").write_text('t("Save"); t.count("{n} page", "{n} pages", 2)')
    (tmp_path / "printing" / "job.py").write_text('t("Save"); t.button("Print")')
    return tmp_path


def write(project: Path) -> None:
    for file, data in wanted_files(project).items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def translate(project: Path, package: str, msgid: str, text: str) -> None:
    file = po_file(package, "kk", project)
    written = file.read_text("utf-8").replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{text}"')
    assert text in written
    file.write_text(written, "utf-8")


def compiled(project: Path, package: str) -> gettext.GNUTranslations:
    with po_file(package, "kk", project).with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_packages_are_the_top_ones(project: Path) -> None:
    assert packages(project) == ["desk", "printing"]


def test_code_that_moves_changes_no_catalogue(project: Path) -> None:
    before = wanted_files(project)
    (project / "desk" / "ui" / "screen.py").rename(project / "desk" / "window.py")
    assert wanted_files(project) == before


def test_a_catalogue_has_no_date_in_it(project: Path) -> None:
    write(project)
    assert "Date" not in po_file("desk", "kk", project).read_text("utf-8")


def test_writing_again_changes_nothing(project: Path) -> None:
    write(project)
    first = wanted_files(project)
    write(project)
    assert wanted_files(project) == first


def test_a_translation_stays_and_is_compiled(project: Path) -> None:
    write(project)
    translate(project, "printing", "Print", "Басып шығару")
    write(project)
    assert compiled(project, "printing").pgettext("button", "Print") == "Басып шығару"


def test_what_is_not_translated_is_shown_in_english_and_not_as_nothing(project: Path) -> None:
    write(project)
    words = compiled(project, "desk")
    assert words.gettext("Save") == "Save"
    assert words.ngettext("{n} page", "{n} pages", 1) == "{n} page"


def test_a_half_translated_plural_is_kept_in_the_text_and_left_out_of_the_compiled_file(project: Path) -> None:
    write(project)
    file = po_file("desk", "kk", project)
    file.write_text(file.read_text("utf-8").replace('msgstr[0] ""', 'msgstr[0] "{n} бет"'), "utf-8")
    write(project)
    assert 'msgstr[0] "{n} бет"\nmsgstr[1] ""' in file.read_text("utf-8")
    assert compiled(project, "desk").ngettext("{n} page", "{n} pages", 2) == "{n} pages"


def test_a_doubted_translation_stays_doubted(project: Path) -> None:
    write(project)
    translate(project, "desk", "Save", "Сақтау")
    file = po_file("desk", "kk", project)
    file.write_text(file.read_text("utf-8").replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'), "utf-8")
    write(project)
    with file.open("rb") as stream:
        message = read_po(stream, locale="kk").get("Save")
    assert message is not None
    assert message.fuzzy
    assert compiled(project, "desk").gettext("Save") == "Save"


def test_a_text_two_packages_share_is_translated_once(project: Path) -> None:
    write(project)
    translate(project, "desk", "Save", "Сақтау")
    write(project)
    assert compiled(project, "printing").gettext("Save") == "Сақтау"


def test_what_nobody_says_any_more_is_gone(project: Path) -> None:
    write(project)
    translate(project, "desk", "Save", "Сақтау")
    (project / "desk" / "ui" / "screen.py").write_text('t("Open")')
    write(project)
    text = po_file("desk", "kk", project).read_text("utf-8")
    assert "Save" not in text
    assert 'msgid "Open"' in text


def test_texts_compare_by_their_words() -> None:
    assert Text("a").key == "a"
    assert Text("a", "b").key == ("a", "b")
