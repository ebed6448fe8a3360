"""Bytes of every version of every kind that was ever released, and what they still mean.

`golden/<kind>.v<version>.json` holds two entries as they were written: one with every fact filled, one with only those
that must be. Old files stay for ever; a change that makes one unreadable, or reads it otherwise, would rewrite the past
of every village. A new kind or version gets its file by AKIMAT_DESK_WRITE_GOLDEN=1 (see `_example`).
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from akimat_desk.journal import Facts, Kind, Registry
from akimat_desk.journal.entry import Header, Personal, read_header, write_facts, write_header
from akimat_desk.service import find_services, load_all

GOLDEN = Path(__file__).parent / "golden"
REGISTRY = Registry(load_all([door.kinds for door in find_services()]))
KINDS = sorted(REGISTRY.kinds.values(), key=lambda kind: kind.name)
TEXTS = ("0192f0c0a1b27abc8def001122334455", "A4", "2026-11-20", "abc", "12", "Abai", "0192f0c0")
"""Tried in turn for a text with a pattern."""


def golden_of(kind: Kind) -> Path:
    return GOLDEN / f"{kind.name}.v{kind.version}.json"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.name}.v{kind.version}")
def test_the_present_version_is_written_as_it_was_released(kind: Kind) -> None:
    file = golden_of(kind)
    if not file.exists() and os.environ.get("AKIMAT_DESK_WRITE_GOLDEN"):
        file.write_text(
            json.dumps([_written(kind, full) for full in (True, False)], indent=2, ensure_ascii=False) + "\n"
        )
    assert file.exists(), f"{kind.name} is new: write its golden bytes (see the head of {Path(__file__).name})"
    for example in json.loads(file.read_text()):
        facts = msgspec.convert(example["facts"], kind.facts, strict=False)
        personal = kind.personal and msgspec.convert(example["personal"], kind.personal, strict=False)
        assert _bytes(kind, facts, personal) == (example["header"], example["part"]), (
            f"{kind.name} is written otherwise than it was. Released: give it a new version and an upcaster. "
            "Not released yet: delete its golden file and write it again."
        )


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.json")), ids=lambda file: file.stem)
def test_every_released_version_is_still_read(file: Path) -> None:
    name, version = re.fullmatch(r"(.+)\.v(\d+)", file.stem).groups()  # type: ignore[union-attr]
    kind = REGISTRY.kinds[name]
    for example in json.loads(file.read_text()):
        header = read_header(bytes.fromhex(example["header"]))
        assert (header.kind, header.version) == (name, int(version))
        part = Personal(bytes(16), bytes.fromhex(example["part"])) if example["part"] else None
        entry = REGISTRY.entry(header, bytes(32), part)
        assert isinstance(entry.facts, kind.facts)
        if header.version == kind.version:
            assert msgspec.to_builtins(entry.facts, str_keys=True) == _as_kept(kind.facts, example["facts"])
        if part is not None and kind.personal is not None:
            assert entry.personal == msgspec.convert(example["personal"], kind.personal, strict=False)


def _as_kept(facts: type[Facts], kept: Any) -> Any:
    return msgspec.to_builtins(msgspec.convert(kept, facts, strict=False), str_keys=True)


def _written(kind: Kind, full: bool) -> dict[str, Any]:
    facts = _example(kind.facts, full)
    personal = _example(kind.personal, full) if kind.personal else None
    header, part = _bytes(
        kind, msgspec.convert(facts, kind.facts), kind.personal and msgspec.convert(personal, kind.personal)
    )
    plain = msgspec.json.decode(msgspec.json.encode({"facts": facts, "personal": personal}))
    return {**plain, "header": header, "part": part}


def _bytes(kind: Kind, facts: Facts, personal: Any) -> tuple[str, str]:
    part = Personal(bytes(16), write_facts(personal)) if personal is not None else None
    header = Header(
        device=bytes(range(16)),
        epoch=1,
        seq=2,
        at=1_795_158_000_000 << 16,
        id=bytes(range(16, 32)),
        kind=kind.name,
        version=kind.version,
        facts=msgspec.Raw(write_facts(facts)),
        personal=part.hash if part else None,
    )
    return write_header(header).hex(), part.data.hex() if part else ""


def _example(of: type[Facts], full: bool) -> dict[str, Any]:
    """A value for every fact, or only for those without a default; taken from the types, the same every time."""
    return _value(inspect.type_info(of), full)


def _value(of: inspect.Type, full: bool) -> Any:
    match of:
        case inspect.StructType(fields=fields, array_like=True):
            return [_value(field.type, full) for field in fields]
        case inspect.StructType(fields=fields):
            chosen = [field for field in fields if full or field.required]
            return {field.encode_name: _value(field.type, full) for field in chosen}
        case inspect.StrType(pattern=None):
            return "Ә б"
        case inspect.StrType(pattern=pattern):
            return next(text for text in TEXTS if re.search(pattern or "", text))
        case inspect.BytesType(min_length=length):
            return bytes(range(length or 4))
        case inspect.BoolType():
            return True
        case inspect.IntType(ge=low, le=high):
            return 7 if (low or 0) <= 7 <= (high or 7) else low
        case inspect.FloatType():
            return 2.5
        case inspect.DateType():
            return "2026-11-20"
        case inspect.DateTimeType():
            return "2026-11-20T10:00:00+05:00"
        case inspect.LiteralType(values=values):
            return sorted(values, key=str)[-1]
        case inspect.EnumType(cls=cls):
            return list(cls)[-1].value
        case inspect.UnionType(types=types):
            return _value(next(one for one in types if not isinstance(one, inspect.NoneType)), full)
        case inspect.TupleType(item_types=types):
            return [_value(one, full) for one in types]
        case inspect.DictType(key_type=key, value_type=value):
            return {_value(key, full): _value(value, full)}
        case inspect.CollectionType(item_type=item, min_length=length):
            return [_value(item, full) for _ in range(max(1, length or 0))]
    raise NotImplementedError(f"give an example for {of}")
