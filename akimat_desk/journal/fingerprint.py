"""What projections were made by: a hash of each kind's code and of each table's form.

A kind counts by the compiled code of its `apply` and upcasters and of every function and class of ours that these
reach by name, with the constants they read, and by the fields of its facts. Comments and line numbers do not count. A
new Python compiles otherwise, which costs one replay.
"""

from __future__ import annotations

import hashlib
import re
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
_SIMPLE: Final = (str, bytes, int, float, bool, type(None))


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
    """The code of a function, and of all of ours that it reaches by name."""
    function = getattr(function, "__wrapped__", function)
    code = getattr(function, "__code__", None)
    if code is None or function in seen:
        return
    seen.add(function)
    names: set[str] = set()
    yield from _code(code, names)
    yield _constant((function.__defaults__, tuple(sorted((function.__kwdefaults__ or {}).items())))).encode()
    for cell in function.__closure__ or ():
        yield from _value("", cell.cell_contents, ours, seen)
    modules = []
    for name in sorted(names & function.__globals__.keys()):
        value = function.__globals__[name]
        if isinstance(value, types.ModuleType):
            modules.append(value)
        else:
            yield from _value(name, value, ours, seen)
    for module in modules:
        for name in sorted(names & vars(module).keys()):
            yield from _value(name, vars(module)[name], ours, seen)


def _value(name: str, value: Any, ours: set[str], seen: set[object]) -> Iterator[bytes]:
    """What a name stands for: a constant, or a table of constants, by its value, what is ours by its code, anything
    else not at all.
    """
    if _is_constant(value):
        yield f"{name}={_constant(value)}".encode()
    elif isinstance(value, dict | tuple | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _value(name, part, ours, seen)
    elif (getattr(value, "__module__", None) or "").partition(".")[0] not in ours:
        return
    elif not isinstance(value, type):
        yield from _function(value, ours, seen)
    elif value not in seen and not issubclass(value, peewee.Model):  # a model counts as its table
        seen.add(value)
        for member_name, member in sorted(vars(value).items()):
            if not member_name.startswith("__") or callable(member):
                member = getattr(member, "fget", None) or getattr(member, "__func__", member)
                yield from _value(member_name, member, ours, seen)


def _code(code: types.CodeType, names: set[str]) -> Iterator[bytes]:
    names.update(code.co_names)
    yield code.co_code
    yield ",".join(code.co_names).encode()
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _code(constant, names)
        else:
            yield _constant(constant).encode()


def _is_constant(value: object) -> bool:
    """Whether it is a value that code is made with: a number, a text, a pattern, or a table of such."""
    if isinstance(value, dict):
        return all(_is_constant(part) for pair in value.items() for part in pair)
    if isinstance(value, tuple | list | set | frozenset):
        return all(map(_is_constant, value))
    return isinstance(value, (*_SIMPLE, re.Pattern))


def _constant(value: object) -> str:
    """A text that is the same in every process (a set's order is not)."""
    if isinstance(value, dict):
        return "{" + ",".join(sorted(f"{_constant(key)}:{_constant(of)}" for key, of in value.items())) + "}"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(_constant, value))) + "}"
    if isinstance(value, tuple | list):
        return "(" + ",".join(map(_constant, value)) + ")"
    return repr(value)
