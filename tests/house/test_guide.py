"""The user guide speaks as the program does: labels are in the catalogues, pictures and commands are there, and the
Kazakh and the Russian page tell the same things.

A word of the screen is written **«so»** in the guide.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from akimat_desk.service import Command, find_services, load
from akimat_desk.shell.service import COMMANDS
from tests.language.checks import banned_words, kazakh_letters, one_alphabet
from tests.language.texts import Entry, translated

from .the_house import ROOT

LANGUAGES = ("kk", "ru")
GUIDE = ROOT / "docs" / "guide"
MOST_BYTES = 120 * 1024


def _page(language: str) -> str:
    return (GUIDE / f"{language}.md").read_text(encoding="utf-8")


def _labels(language: str) -> list[str]:
    return re.findall(r"\*\*«(.+?)»\*\*", " ".join(_page(language).split()))


def _pictures(language: str) -> list[str]:
    return re.findall(r"!\[[^]]+\]\(([^)]+)\)", _page(language))


def _size(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


def _headings(language: str) -> list[str]:
    return re.findall(r"^(#+) ", _page(language), re.MULTILINE)


def _commands() -> Iterator[str]:
    """Every command of the program in words, with the second word where there is one."""
    doors: list[Command] = [*COMMANDS, *(command for service in find_services() for command in service.commands)]
    for command in doors:
        parser = argparse.ArgumentParser(add_help=False)
        load(command.add)(parser)
        inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
        yield from (f"{command.name} {name}" for action in inner for name in action.choices)
        if not inner:
            yield command.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_a_text_of_the_program(language: str) -> None:
    texts = {form for entry in translated() if entry.language == language for form in entry.forms}
    labels = _labels(language)
    assert labels
    assert [label for label in labels if label not in texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_and_small(language: str) -> None:
    pictures = [GUIDE / name for name in _pictures(language)]
    assert pictures
    assert [picture.name for picture in pictures if not picture.is_file()] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > MOST_BYTES] == []
    assert {_size(picture) for picture in pictures} == {(1366, 768)}


def test_both_languages_have_the_same_headings_pictures_and_number_of_labels() -> None:
    kazakh, russian = ([_headings(language), len(_labels(language))] for language in LANGUAGES)
    assert kazakh == russian
    kazakh_pictures, russian_pictures = (
        [name.replace(f"/{language}-", "/") for name in _pictures(language)] for language in LANGUAGES
    )
    assert kazakh_pictures == russian_pictures


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_commands_is_whole(language: str) -> None:
    shown = re.findall(r"^\| `akimat-desk ([a-z-]+(?: [a-z-]+)?)", _page(language), re.MULTILINE)
    assert sorted(shown) == sorted(_commands())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_is_written_as_the_screens_are(language: str) -> None:
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", _page(language))
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", prose)]
    entries = [Entry(language, paragraph, (paragraph,)) for paragraph in paragraphs if paragraph]
    checks = (banned_words, kazakh_letters, one_alphabet)
    assert [f"{entry.msgid}: {fault}" for entry in entries for check in checks for fault in check(entry)] == []
