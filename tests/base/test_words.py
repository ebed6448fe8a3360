"""The translator: one language at a time, English from the msgid, catalogues of several services."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from akimat_desk.base.words import LANGUAGES, N_, Language, Sentence, Translator


def write_catalogue(
    folder: Path, language: Language, entries: dict[str | tuple[str, str], str | tuple[str, ...]]
) -> None:
    """A compiled catalogue; a key (context, msgid) has a context, a value that is a tuple has plural forms."""
    catalogue = Catalog(locale=language)
    for key, text in entries.items():
        if isinstance(text, tuple):
            catalogue.add(key, text)
        elif isinstance(key, tuple):
            catalogue.add(key[1], text, context=key[0])
        else:
            catalogue.add(key, text)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    target = folder / language / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    target.write_bytes(buffer.getvalue())


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The catalogues of the desk and of one service that also has its own word for "Print"."""
    desk, service = tmp_path / "desk", tmp_path / "service"
    write_catalogue(
        desk,
        "kk",
        {
            "To pay: {sum}.": "Төленетін сома: {sum}.",
            "Print": "Басып шығарыңыз",
            ("button", "Print"): "Басып шығару",
            ("{n} sheet", "{n} sheets"): ("{n} парақ", "{n} парақ"),
            "Paper": "Қағаз",
        },
    )
    write_catalogue(desk, "ru", {("{n} sheet", "{n} sheets"): ("{n} лист", "{n} листа", "{n} листов")})
    write_catalogue(service, "kk", {"Tray": "Науа", "Paper": "Парақ"})
    return desk, service


def test_kazakh_stands_first() -> None:
    assert LANGUAGES == ("kk", "ru", "en")


def test_marking_changes_nothing() -> None:
    assert N_("To pay: {sum}.") == "To pay: {sum}."


def test_a_sentence_is_said_in_the_language_shown(folders: tuple[Path, Path]) -> None:
    words = Translator(folders)
    assert words.language == "kk"
    assert words("To pay: {sum}.", sum="120 ₸") == "Төленетін сома: 120 ₸."
    words.switch("en")
    assert words("To pay: {sum}.", sum="120 ₸") == "To pay: 120 ₸."


def test_every_service_brings_its_words_and_the_first_folder_wins(folders: tuple[Path, Path]) -> None:
    words = Translator(folders)
    assert words("Tray") == "Науа"
    assert words("Paper") == "Қағаз"
    assert Translator(reversed(folders))("Paper") == "Парақ"


def test_a_button_has_its_own_form(folders: tuple[Path, Path]) -> None:
    words = Translator(folders)
    assert words("Print") == "Басып шығарыңыз"
    assert words.button("Print") == "Басып шығару"
    assert words.in_language("en").button("Print {n}", n=2) == "Print 2"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", ["1 парақ", "2 парақ", "5 парақ", "21 парақ"]),
        ("ru", ["1 лист", "2 листа", "5 листов", "21 лист"]),
        ("en", ["1 sheet", "2 sheets", "5 sheets", "21 sheets"]),
    ],
)
def test_a_number_takes_the_form_of_its_language(
    folders: tuple[Path, Path], language: Language, said: list[str]
) -> None:
    words = Translator(folders, language)
    assert [words.count("{n} sheet", "{n} sheets", n) for n in (1, 2, 5, 21)] == said


def test_what_no_catalogue_knows_is_said_in_english(folders: tuple[Path, Path]) -> None:
    assert Translator(folders, "ru")("Tray {number}", number=2) == "Tray 2"
    assert Translator([], "kk")("Tray") == "Tray"


def test_without_values_braces_stay_as_they_are() -> None:
    assert Translator([])("Write {name} here") == "Write {name} here"


def test_a_sentence_from_below_is_said_with_the_sentences_inside_it(folders: tuple[Path, Path]) -> None:
    words = Translator(folders)
    inner = Sentence("To pay: {sum}.", {"sum": "5 ₸"})
    assert words.say(Sentence("{first} {second}", {"first": inner, "second": Sentence("Tray")})) == (
        "Төленетін сома: 5 ₸. Науа"
    )


def test_an_empty_sentence_says_nothing(folders: tuple[Path, Path]) -> None:
    empty = Sentence("")
    assert not empty
    assert Translator(folders).say(empty) == ""
    assert Sentence("Tray")


def test_listeners_hear_a_change_and_only_a_change(folders: tuple[Path, Path]) -> None:
    words = Translator(folders)
    heard: list[Language] = []
    words.listeners.append(lambda: heard.append(words.language))
    words.switch("kk")
    words.switch("ru")
    words.switch("ru")
    assert heard == ["ru"]


def test_a_listener_may_leave_while_the_language_changes(folders: tuple[Path, Path]) -> None:
    words = Translator(folders)
    heard: list[str] = []

    def leave() -> None:
        heard.append("left")
        words.listeners.remove(leave)

    words.listeners += [leave, lambda: heard.append("stayed")]
    words.switch("en")
    words.switch("ru")
    assert heard == ["left", "stayed", "stayed"]


def test_a_paper_speaks_another_language_than_the_screen(folders: tuple[Path, Path]) -> None:
    screen = Translator(folders, "kk")
    paper = screen.in_language("ru")
    assert paper.count("{n} sheet", "{n} sheets", 5) == "5 листов"
    assert screen.language == "kk"
    paper.listeners.append(lambda: pytest.fail("the paper's listener is not the screen's"))
    screen.switch("en")
