"""The law that facts hold no name, no IIN and no free text, as a check that tests run over every kind.

It lives apart from `kinds` because reading types is slow, and the law is about code, not about data.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import inspect

from akimat_desk.journal.kinds import Facts


def free_text_in(facts: type[Facts]) -> tuple[str, ...]:
    """The facts, as dotted paths, in which somebody could write what they like."""
    return tuple(dict.fromkeys(_walk(inspect.type_info(facts), "", ())))


def _walk(of: inspect.Type, path: str, inside: tuple[type, ...]) -> Iterator[str]:
    match of:
        case inspect.StrType(pattern=None) | inspect.BytesType(max_length=None):
            yield path
        case inspect.AnyType() | inspect.RawType() | inspect.CustomType() | inspect.ExtType():
            yield path
        case inspect.StructType(cls=cls, fields=fields) if cls not in inside:
            for member in fields:
                yield from _walk(member.type, f"{path}.{member.name}".lstrip("."), (*inside, cls))
        case inspect.UnionType(types=types) | inspect.TupleType(item_types=types):
            for member_type in types:
                yield from _walk(member_type, path, inside)
        case inspect.DictType(key_type=key, value_type=value):
            yield from _walk(key, path, inside)
            yield from _walk(value, path, inside)
        case inspect.CollectionType(item_type=item):
            yield from _walk(item, path, inside)
