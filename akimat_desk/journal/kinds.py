"""Kinds of entry: what a fact looks like, and how it changes the tables.

A kind is a msgpack map. A new field with a default is the same version; anything else is a new version with a pure
upcaster from the old one. Defaults never change: they are not written, so changing one would rewrite the past
(`tests/journal/golden` holds the bytes of every released version).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import Misuse

if TYPE_CHECKING:
    from akimat_desk.journal.entry import Entry
    from akimat_desk.store import Database

UNDECODABLE: Final = (msgspec.DecodeError, UnicodeDecodeError)
"""What decoding the bytes of a stranger raises: msgspec tells texts that are no UTF-8 by an error of their own."""
KIND_NAME: Final = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\Z"
_name_form: Final = re.compile(KIND_NAME)

Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
"""A random id (`base.ids.uuid7`) or a device: 32 hexadecimal digits."""
_IIN: Final = r"(?<![A-Za-z0-9])[0-9]{6}[._:/-]?[0-9]{6}(?![A-Za-z0-9])"
Code = Annotated[str, Meta(pattern=rf"^(?!.*{_IIN})[A-Za-z0-9][A-Za-z0-9._:/-]{{0,63}}\Z")]
"""A word of the program's own (a state, a paper size, a price's key); too narrow to write a name, a sentence or an IIN
in: twelve digits that stand alone, in one piece or in two sixes, are none.
"""
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
"""A SHA-256."""
Epoch = Annotated[int, Meta(ge=1, lt=2**31)]
Seq = Annotated[int, Meta(ge=1, lt=2**62)]
"""Both are counted from 1. What others send is bounded before SQLite, which has 63 bits, meets it."""


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of facts and of personal parts.

    Facts travel everywhere and are never erased, so every text and bytes in them has a narrow form (`Id`, `Code`,
    `Digest`, a Literal, a date); a test holds all kinds to it (`journal.free_text`). A personal part may hold any text.
    """


class BadKind(Misuse):
    """A kind that cannot be."""


class BadKindName(BadKind):
    """Its name is out of form."""

    code = "journal-kind-name"
    staff_text = "{kind} is no name of a kind: a kind is named service.what_happened."


class ApplyIsNoFunction(BadKind):
    """What applies it cannot be compared with what applied it before."""

    code = "journal-kind-apply"
    staff_text = "The kind {kind} needs a plain function to apply it, so that its code can be compared."


class UpcasterMissing(BadKind):
    """Entries of an earlier version could not be read."""

    code = "journal-kind-upcaster"
    staff_text = "The kind {kind} has no upcaster from version {version}."


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of entry.

    `apply` changes the projections by one entry, through `journal.merge`, and may be called in any order of entries.
    `upcasters[n]` turns the facts of version n into those of n + 1. `personal_to_region` lets the personal part travel
    to the region; without it only staff PCs hold it. A personal part only ever gains optional fields.
    """

    name: str
    facts: type[Facts]
    apply: Callable[[Database, Entry], None]
    version: int = 1
    personal: type[Facts] | None = None
    personal_to_region: bool = False
    upcasters: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _name_form.match(self.name):
            raise BadKindName(kind=self.name)
        if not isinstance(self.apply, FunctionType):
            raise ApplyIsNoFunction(kind=self.name)
        if missing := set(range(1, self.version)) - set(self.upcasters):
            raise UpcasterMissing(kind=self.name, version=min(missing))
