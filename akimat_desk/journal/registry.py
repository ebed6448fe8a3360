"""All kinds and projections of this program, as the doors name them; the journal imports no service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import msgspec
import peewee

from akimat_desk.base.errors import Misuse
from akimat_desk.journal import builtin
from akimat_desk.journal.entry import Entry, Header, Personal
from akimat_desk.journal.kinds import UNDECODABLE, Facts, Kind

_T = TypeVar("_T")


class UnknownKind(Exception):
    """This program is older than the entry: the kind, or its version, came later. Raised and caught in the journal."""


class TwiceInRegistry(Misuse):
    """Two kinds or two tables with one name."""

    code = "journal-twice"
    staff_text = "{what} is in the registry twice."


class AutomaticKey(Misuse):
    """A projection numbers its rows by arrival; another PC, or a replay, would number them otherwise."""

    code = "journal-automatic-key"
    staff_text = "The projection {table} has an automatic key. Use the entry's id or another key from the facts."


class Registry:
    """The kinds by name, and the tables filled from the journal, built-in ones included."""

    def __init__(self, kinds: Iterable[Kind] = (), projections: Iterable[type[peewee.Model]] = ()) -> None:
        self.kinds: Final[Mapping[str, Kind]] = _by_name((k.name, k) for k in (*builtin.KINDS, *kinds))
        tables: list[type[peewee.Model]] = [*builtin.PROJECTIONS, *projections]
        self.projections: Final[Mapping[str, type[peewee.Model]]] = _by_name((table_name(t), t) for t in tables)
        self._facts = {kind.name: msgspec.msgpack.Decoder(kind.facts) for kind in self.kinds.values()}
        self._personal: dict[str, msgspec.msgpack.Decoder[Any]] = {
            kind.name: msgspec.msgpack.Decoder(kind.personal) for kind in self.kinds.values() if kind.personal
        }

    def entry(self, header: Header, hash: bytes, personal: Personal | None, *, again: bool = False) -> Entry:
        """The entry behind `header`, its facts brought to the newest version.

        Raises `UnknownKind`, or `msgspec.DecodeError` when the facts are not what the kind says.
        """
        kind = self.kinds.get(header.kind)
        if kind is None or header.version > kind.version:
            raise UnknownKind
        return Entry(
            device=header.device.hex(),
            epoch=header.epoch,
            seq=header.seq,
            at=header.at,
            id=header.id.hex(),
            kind=kind.name,
            version=kind.version,
            facts=self._read_facts(kind, header),
            personal=self._read_personal(kind, personal),
            hash=hash,
            again=again,
        )

    def _read_facts(self, kind: Kind, header: Header) -> Facts:
        facts: Facts
        if header.version == kind.version:
            facts = self._facts[kind.name].decode(header.facts)
        else:
            values = msgspec.msgpack.decode(header.facts, type=dict[str, Any])
            for version in range(header.version, kind.version):
                values = kind.upcasters[version](values)
            facts = msgspec.convert(values, kind.facts)
        return facts

    def _read_personal(self, kind: Kind, personal: Personal | None) -> Facts | None:
        """None for a part that is not what its kind says, too: what it holds must not decide over the facts."""
        if personal is None or kind.personal is None:
            return None
        try:
            read: Facts = self._personal[kind.name].decode(personal.data)
        except UNDECODABLE:
            return None
        return read


def table_name(model: type[peewee.Model]) -> str:
    """The table of a projection."""
    meta: Any = model._meta
    name: str = meta.table_name
    if isinstance(meta.primary_key, peewee.AutoField):
        raise AutomaticKey(table=name)
    return name


def _by_name(members: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for name, member in members:
        if found.setdefault(name, member) is not member:
            raise TwiceInRegistry(what=name)
    return found
