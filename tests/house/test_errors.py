"""Every error there is: one tree, a code of its own, sentences that are whole and hold nobody's data."""

from __future__ import annotations

import importlib
import inspect
import re
import string
from collections import Counter
from collections.abc import Iterator

import pytest

from akimat_desk.base import errors
from akimat_desk.base.errors import AkimatDeskError

from .the_house import TOP, draws, modules

PERSONAL = {"iin", "name", "surname", "patronymic", "full_name", "resident", "person", "phone", "email"}
"""Placeholders no sentence has: errors go into logs and onto the screens of others."""


def _below(error: type[AkimatDeskError]) -> Iterator[type[AkimatDeskError]]:
    for child in error.__subclasses__():
        if child.__module__.split(".")[0] in TOP:
            yield child
            yield from _below(child)


@pytest.fixture(scope="module")
def tree() -> list[type[AkimatDeskError]]:
    """All of them, the root first, then level by level as they were met; one met on two ways counts once."""
    for name in modules():
        if not draws(name):
            importlib.import_module(name)
    return [AkimatDeskError, *dict.fromkeys(_below(AkimatDeskError))]


def test_the_drawn_tree_names_the_branches(tree: list[type[AkimatDeskError]]) -> None:
    drawn = re.findall(r"[├└]── (\w+)", inspect.getdoc(errors) or "")
    assert drawn == [error.__name__ for error in tree if error.__module__ == errors.__name__][1:]


def test_every_error_that_is_raised_sits_on_one_branch(tree: list[type[AkimatDeskError]]) -> None:
    """A class with others below it may only gather them ("any trouble with a device"); the others are the leaves."""
    branches = [error for error in tree if error.__base__ is AkimatDeskError and error.__module__ == errors.__name__]
    leaves = [error for error in tree if not error.__subclasses__()]
    assert [error.__name__ for error in leaves if sum(issubclass(error, branch) for branch in branches) != 1] == []


def test_every_error_has_a_code_of_its_own(tree: list[type[AkimatDeskError]]) -> None:
    assert [error.__name__ for error in tree if not error.__subclasses__() and "code" not in vars(error)] == []
    codes = [error.code for error in tree if "code" in vars(error)]
    assert {code: n for code, n in Counter(codes).items() if n > 1} == {}
    assert [code for code in codes if not re.fullmatch(r"[a-z][a-z0-9-]*", code)] == []


def test_every_error_says_when_it_is_met(tree: list[type[AkimatDeskError]]) -> None:
    assert [error.__name__ for error in tree if not vars(error).get("__doc__")] == []


def test_every_sentence_is_whole_and_impersonal(tree: list[type[AkimatDeskError]]) -> None:
    """A `{why}` at the end stands for a whole sentence of its own."""
    cut, personal = [], []
    for error in tree:
        for sentence in (error.resident_text, error.staff_text, error.next_text):
            if sentence and not sentence.endswith((".", "?", "{why}")):
                cut.append((error.__name__, sentence))
            fields = {field.split(".")[0] for _, field, _, _ in string.Formatter().parse(sentence) if field}
            if fields & PERSONAL:
                personal.append((error.__name__, sentence))
    assert cut == []
    assert personal == []


def test_an_error_can_be_made_and_told_without_its_values(tree: list[type[AkimatDeskError]]) -> None:
    """Whoever raises one in a hurry must not raise another one instead."""
    for error in tree:
        if error.__init__ is AkimatDeskError.__init__:
            assert str(error())
