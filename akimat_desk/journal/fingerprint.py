"""What projections were made by: a hash of each kind's code and of each table's form.

A kind counts by the compiled code of its `apply` and upcasters and of every function of ours that these reach by name,
with the constants they read, and by the fields of its facts. Comments and line numbers do not count. A new Python
compiles otherwise, which costs one replay.
"""

from __future__ import annotations

import hashlib
import types
import typing
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import msgspec
import peewee

if TYPE_CHECKING:
    from akimat_desk.journal.kinds import Kind
    from akimat_desk.journal.registry import Registry
    from akimat_desk.store import Database

KIND: Final = "kind:"
TABLE: Final = "table:"
_CONSTANTS: Final = (str, bytes, int, float, bool, type(None), tuple, frozenset)


def fingerprint(db: Database, registry: Registry) -> dict[str, bytes]:
    """A hash for each kind and each projection."""
    made_by = {KIND + kind.name: _digest(_kind(kind)) for kind in registry.kinds.values()}
    for name, model in registry.projections.items():
        made_by[TABLE + name] = _digest(sql.encode() for sql in table_sql(db, model))
    return made_by


def table_sql(db: Database, model: type[peewee.Model]) -> list[str]:
    """The statements that make a projection's table and indexes."""
    schema: Any = peewee.SchemaManager(model, db)
    contexts = [schema._create_table(safe=False), *schema._create_indexes(safe=False)]
    return [context.query()[0] for context in contexts]


def _digest(parts: Iterator[bytes]) -> bytes:
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(4, "big") + part)
    return state.digest()[:16]


def _kind(kind: Kind) -> Iterator[bytes]:
    seen: set[object] = set()
    yield str(kind.version).encode()
    yield from _fields(kind.facts, seen)
    if kind.personal is not None:
        yield from _fields(kind.personal, seen)
    own = kind.apply.__module__.partition(".")[0]
    for function in (kind.apply, *(cast for _, cast in sorted(kind.upcasters.items()))):
        yield from _function(function, {own, "akimat_desk"}, seen)


def _fields(of: Any, seen: set[object]) -> Iterator[bytes]:
    """Names and types of a struct's fields, and those of the structs inside."""
    if isinstance(of, type) and issubclass(of, msgspec.Struct):
        if of not in seen:
            seen.add(of)
            for name, hint in typing.get_type_hints(of, include_extras=True).items():
                yield f"{of.__qualname__}.{name}: {hint!r}".encode()
                yield from _fields(hint, seen)
    else:
        for part in typing.get_args(of):
            yield from _fields(part, seen)


def _function(function: Any, ours: set[str], seen: set[object]) -> Iterator[bytes]:
    function = getattr(function, "__wrapped__", function)
    code = getattr(function, "__code__", None)
    if function in seen or code is None:
        return
    seen.add(function)
    names: set[str] = set()
    yield from _code(code, names)
    modules = []
    for name in sorted(names):
        value = function.__globals__.get(name)
        if isinstance(value, types.ModuleType):
            modules.append(value)
        elif _is_ours(value, ours):
            yield from _function(value, ours, seen)
        elif name in function.__globals__ and isinstance(value, _CONSTANTS):
            yield f"{name}={_constant(value)}".encode()
    for module in modules:
        for name in sorted(names):
            value = getattr(module, name, None)
            if _is_ours(value, ours):
                yield from _function(value, ours, seen)


def _is_ours(value: object, ours: set[str]) -> bool:
    module = getattr(value, "__module__", None)
    return callable(value) and not isinstance(value, type) and (module or "").partition(".")[0] in ours


def _code(code: types.CodeType, names: set[str]) -> Iterator[bytes]:
    names.update(code.co_names)
    yield code.co_code
    yield ",".join(code.co_names).encode()
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code(constant, names)
        else:
            yield _constant(constant).encode()


def _constant(value: object) -> str:
    """A text that is the same in every process (a set's order is not)."""
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(map(_constant, value))) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(_constant, value)) + ")"
    return repr(value)
