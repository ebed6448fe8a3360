"""What a kind must be; and the law that no kind of any service can hold free text in its facts."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta

from akimat_desk.journal import Code, Digest, Facts, Id, Kind, Registry
from akimat_desk.journal.free_text import free_text_in
from akimat_desk.journal.kinds import ApplyIsNoFunction, BadKindName, UpcasterMissing
from akimat_desk.journal.registry import AutomaticKey, TwiceInRegistry
from akimat_desk.service import find_services, load_all
from tests.journal.village import COUNTED, PROJECTIONS, Booked, DayRow

ALL_KINDS: tuple[Kind, ...] = tuple(Registry(load_all([door.kinds for door in find_services()])).kinds.values())


class Inner(msgspec.Struct):
    note: str


class Loose(Facts, frozen=True):
    plain: str
    maybe: str | None
    many: tuple[str, ...]
    keyed: dict[str, int]
    inner: Inner
    blob: bytes
    anything: Any


class Colour(Enum):
    GREY = "grey"


class Narrow(Facts, frozen=True):
    resident: Id
    paper: Code
    file: Digest
    day: date
    pages: int
    price: float
    done: bool
    state: Literal["done", "stopped"]
    colour: Colour
    room: Annotated[str, Meta(pattern=r"^\d{1,3}\Z")]
    others: tuple[Id, ...] = ()


def apply(db: Any, entry: Any) -> None:
    raise NotImplementedError


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.name)
def test_facts_hold_no_free_text(kind: Kind) -> None:
    """Mend it with Id, Code, Digest, a date, a Literal, or a pattern; or move it to the personal part."""
    assert free_text_in(kind.facts) == ()


def test_free_text_is_found_wherever_it_hides() -> None:
    assert free_text_in(Loose) == ("plain", "maybe", "many", "keyed", "inner.note", "blob", "anything")


def test_numbers_dates_choices_and_narrow_forms_are_no_free_text() -> None:
    assert free_text_in(Narrow) == ()


@pytest.mark.parametrize("text", ["Айгүл Серікқызы", "a b", "a4\n", "", "x" * 65])
def test_neither_a_name_nor_a_sentence_is_a_code(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Code)


@pytest.mark.parametrize(
    "text", ["900101300012", "900101-300012", "iin:900101300012", "slot/900101300012/3", "2026-11-20/900101.300012"]
)
def test_no_iin_is_a_code(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Code)


@pytest.mark.parametrize(
    "text",
    [
        "a4",
        "2026-11-20/3",
        "12345678901",
        "1234567890123",
        "slot/019aa2345678901234567890abcdef01",
        "a900101300012",  # as may stand inside a random id
        "iso_a4_210x297mm",
    ],
)
def test_what_the_program_calls_things_is_a_code(text: str) -> None:
    assert msgspec.convert(text, Code) == text


@pytest.mark.parametrize("name", ["printing", "Printing.done", "printing.", "printing.job done", "printing.done\n"])
def test_a_kind_is_named_service_dot_what_happened(name: str) -> None:
    with pytest.raises(BadKindName):
        Kind(name, Booked, apply)


def test_every_older_version_has_its_upcaster() -> None:
    with pytest.raises(UpcasterMissing) as refused:
        Kind("kinds.booked", Booked, apply, version=3, upcasters={2: dict})
    assert str(refused.value) == "The kind kinds.booked has no upcaster from version 1."


def test_apply_is_a_plain_function() -> None:
    with pytest.raises(ApplyIsNoFunction):
        Kind("kinds.booked", Booked, partial(apply, None))


def test_a_name_stands_once_in_the_registry() -> None:
    with pytest.raises(TwiceInRegistry):
        Registry([COUNTED, Kind(COUNTED.name, Booked, apply)])
    assert "village.counted" in Registry([COUNTED, COUNTED]).kinds


def test_a_projection_may_not_number_its_rows_by_arrival() -> None:
    import peewee

    class Numbered(peewee.Model):
        what = peewee.TextField()

    assert Registry([], PROJECTIONS).projections["village_day"] is DayRow
    with pytest.raises(AutomaticKey):
        Registry([], [Numbered])
