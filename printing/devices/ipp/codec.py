"""IPP messages as bytes and back (RFC 8010).

Nothing is lost on the way: for every byte string that `decode` takes, `encode(decode(wire)) == wire`. A value whose
bytes do not fit its tag (an integer of three bytes, text that is not UTF-8, a thirteenth month) keeps its bytes as they
came; so does every tag we do not know. What is not a message at all is `Unreadable`, never another exception.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum
from typing import Final, TypeAlias

from printing.devices.errors import DeviceMisuse, Unreadable

MAX_DEPTH: Final = 16
"""Collections in collections; real printers use three levels."""


class Tag(IntEnum):
    """Delimiter and value tags of RFC 8010, sections 3.5.1 and 3.5.2."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED_GROUP = 0x05

    UNSUPPORTED = 0x10
    UNKNOWN = 0x12
    NO_VALUE = 0x13

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE_TIME = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


@dataclass(frozen=True, slots=True)
class Range:
    """rangeOfInteger: both ends belong to it."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Dots along and across the feed; `units` 3 = per inch, 4 = per centimetre."""

    x: int
    y: int
    units: int = 3


@dataclass(frozen=True, slots=True)
class Localized:
    """textWithLanguage or nameWithLanguage."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A value made of named values (begCollection ... endCollection)."""

    members: tuple[Attribute, ...] = ()

    def get(self, name: str) -> Attribute | None:
        """The first member of that name."""
        return next((member for member in self.members if member.name == name), None)


Data: TypeAlias = int | str | bytes | datetime | Range | Resolution | Localized | Collection


@dataclass(frozen=True, slots=True)
class Value:
    """One value under its tag. `data` is bytes where the tag is unknown or the bytes do not fit it."""

    tag: int
    data: Data

    @property
    def text(self) -> str:
        """The value as text, for showing and comparing; odd bytes become U+FFFD."""
        if isinstance(self.data, str):
            return self.data
        if isinstance(self.data, Localized):
            return self.data.text
        return self.data.decode("utf-8", "replace") if isinstance(self.data, bytes) else ""

    @property
    def number(self) -> int | None:
        """The value of an integer or enum, else None."""
        return self.data if isinstance(self.data, int) and self.tag in {Tag.INTEGER, Tag.ENUM} else None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name with one value or several (1setOf)."""

    name: str
    values: tuple[Value, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every value as text, empty ones left out."""
        return tuple(text for value in self.values if (text := value.text))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every integer or enum value."""
        return tuple(number for value in self.values if (number := value.number) is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes under one delimiter tag."""

    tag: int
    attributes: tuple[Attribute, ...] = ()

    def get(self, name: str) -> Attribute | None:
        """The first attribute of that name."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)

    def texts(self, name: str) -> tuple[str, ...]:
        """Every value of `name` as text; empty where the attribute is absent."""
        found = self.get(name)
        return found.texts if found else ()

    def text(self, name: str, default: str = "") -> str:
        """The first value of `name` as text."""
        return next(iter(self.texts(name)), default)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Every integer or enum of `name`."""
        found = self.get(name)
        return found.numbers if found else ()

    def number(self, name: str) -> int | None:
        """The first integer or enum of `name`; None where it is absent or not a number."""
        return next(iter(self.numbers(name)), None)

    def flag(self, name: str, default: bool = False) -> bool:
        """The boolean `name`."""
        found = self.get(name)
        data = found.values[0].data if found else default
        return data if isinstance(data, bool) else default

    def data(self, name: str) -> tuple[Data, ...]:
        """Every value of `name` as it is."""
        found = self.get(name)
        return tuple(value.data for value in found.values) if found else ()


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response: `code` is the operation or the status; `document` is what follows the attributes."""

    code: int
    request_id: int
    groups: tuple[Group, ...]
    version: tuple[int, int] = (2, 0)
    document: bytes = b""

    def group(self, tag: int) -> Group:
        """The first group under `tag`; an empty one where there is none."""
        return next((group for group in self.groups if group.tag == tag), Group(tag))

    def all(self, tag: int) -> tuple[Group, ...]:
        """Every group under `tag` (Get-Jobs answers one for each job)."""
        return tuple(group for group in self.groups if group.tag == tag)


def attribute(name: str, tag: int, *data: Data) -> Attribute:
    """An attribute whose values all have one tag."""
    return Attribute(name, tuple(Value(tag, one) for one in data))


# -- values -------------------------------------------------------------------------------------------------------


def _write_date(data: Data) -> bytes:
    if not isinstance(data, datetime) or (offset := data.utcoffset()) is None:
        raise TypeError(data)
    minutes = int(offset.total_seconds()) // 60
    sign = b"+" if minutes >= 0 else b"-"
    numbers = (data.year, data.month, data.day, data.hour, data.minute, data.second, data.microsecond // 100_000)
    return struct.pack(">H6B", *numbers) + sign + bytes(divmod(abs(minutes), 60))


def _read_date(raw: bytes) -> Data:
    year, month, day, hour, minute, second, tenth, sign, off_hours, off_minutes = struct.unpack(">H6Bc2B", raw)
    offset = timedelta(hours=off_hours, minutes=off_minutes) * (1 if sign == b"+" else -1)
    return datetime(year, month, day, hour, minute, second, tenth * 100_000, timezone(offset))


def _write_localized(data: Data) -> bytes:
    if not isinstance(data, Localized):
        raise TypeError(data)
    return b"".join(struct.pack(">H", len(part)) + part for part in (data.language.encode(), data.text.encode()))


def _read_localized(raw: bytes) -> Data:
    (size,) = struct.unpack_from(">H", raw)
    (rest,) = struct.unpack_from(">H", raw, 2 + size)
    if len(raw) != 4 + size + rest:
        raise ValueError(raw)
    return Localized(raw[2 : 2 + size].decode(), raw[4 + size :].decode())


def _write_range(data: Data) -> bytes:
    if not isinstance(data, Range):
        raise TypeError(data)
    return struct.pack(">ii", data.low, data.high)


def _write_resolution(data: Data) -> bytes:
    if not isinstance(data, Resolution):
        raise TypeError(data)
    return struct.pack(">iib", data.x, data.y, data.units)


def _write_text(data: Data) -> bytes:
    if not isinstance(data, str):
        raise TypeError(data)
    return data.encode()


def _read_boolean(raw: bytes) -> Data:
    if raw not in {b"\0", b"\1"}:
        raise ValueError(raw)
    return raw == b"\1"


_Codec: TypeAlias = tuple[Callable[[Data], bytes], Callable[[bytes], Data]]
_INTEGER: Final[_Codec] = (lambda data: struct.pack(">i", data), lambda raw: int(struct.unpack(">i", raw)[0]))
_TEXT: Final[_Codec] = (_write_text, lambda raw: raw.decode())
_LOCALIZED: Final[_Codec] = (_write_localized, _read_localized)

_VALUES: Final[dict[int, _Codec]] = {
    Tag.INTEGER: _INTEGER,
    Tag.ENUM: _INTEGER,
    Tag.BOOLEAN: (lambda data: struct.pack(">?", data), _read_boolean),
    Tag.DATE_TIME: (_write_date, _read_date),
    Tag.RESOLUTION: (_write_resolution, lambda raw: Resolution(*struct.unpack(">iib", raw))),
    Tag.RANGE: (_write_range, lambda raw: Range(*struct.unpack(">ii", raw))),
    Tag.TEXT_WITH_LANGUAGE: _LOCALIZED,
    Tag.NAME_WITH_LANGUAGE: _LOCALIZED,
    **dict.fromkeys(
        (
            Tag.TEXT,
            Tag.NAME,
            Tag.KEYWORD,
            Tag.URI,
            Tag.URI_SCHEME,
            Tag.CHARSET,
            Tag.LANGUAGE,
            Tag.MIME_TYPE,
        ),
        _TEXT,
    ),
}
_UNFIT: Final = (ValueError, TypeError, OverflowError, struct.error)


def _write_value(value: Value) -> bytes:
    if isinstance(value.data, bytes):
        return value.data
    codec = _VALUES.get(value.tag)
    if codec is None:
        raise DeviceMisuse(detail=f"tag 0x{value.tag:02x} takes bytes")
    try:
        return codec[0](value.data)
    except _UNFIT as why:
        raise DeviceMisuse(detail=f"tag 0x{value.tag:02x} cannot hold {type(value.data).__name__}") from why


def _read_value(tag: int, raw: bytes) -> Value:
    codec = _VALUES.get(tag)
    if codec is not None:
        try:
            data = codec[1](raw)
            if codec[0](data) == raw:
                return Value(tag, data)
        except _UNFIT:
            pass
    return Value(tag, raw)


# -- messages -----------------------------------------------------------------------------------------------------


def encode(message: Message) -> bytes:
    """The bytes of `message`, its document last. `DeviceMisuse` where a value does not fit its tag."""
    out = [struct.pack(">BBHi", *message.version, message.code, message.request_id)]
    for group in message.groups:
        out.append(bytes((group.tag,)))
        _write_attributes(out, group.attributes)
    out.append(bytes((Tag.END,)))
    out.append(message.document)
    return b"".join(out)


def _write_attributes(out: list[bytes], attributes: Iterable[Attribute]) -> None:
    for each in attributes:
        if not each.name or not each.values:
            raise DeviceMisuse(detail=f"attribute {each.name!r} without a name or a value")
        for index, value in enumerate(each.values):
            _write_named(out, "" if index else each.name, value)


def _write_named(out: list[bytes], name: str, value: Value) -> None:
    if not isinstance(value.data, Collection):
        out.append(_field(value.tag, name.encode("ascii"), _write_value(value)))
        return
    out.append(_field(Tag.COLLECTION, name.encode("ascii"), b""))
    for member in value.data.members:
        if not member.values:
            raise DeviceMisuse(detail=f"member {member.name!r} without a value")
        out.append(_field(Tag.MEMBER_NAME, b"", member.name.encode("ascii")))
        for one in member.values:
            _write_named(out, "", one)
    out.append(_field(Tag.END_COLLECTION, b"", b""))


def _field(tag: int, name: bytes, raw: bytes) -> bytes:
    if len(name) > 0x7FFF or len(raw) > 0x7FFF:
        raise DeviceMisuse(detail="a value longer than 32767 bytes")
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(raw)) + raw


def decode(wire: bytes) -> Message:
    """The message in `wire`; whatever follows its end is the document. Raises `Unreadable`."""
    reader = _Reader(wire)
    try:
        return reader.message()
    except (struct.error, UnicodeDecodeError) as why:
        raise Unreadable(detail="it breaks off in the middle or holds odd names") from why


class _Reader:
    """A walk over the bytes of one message, each read once."""

    def __init__(self, wire: bytes) -> None:
        self._wire = wire
        self._at = 0

    def message(self) -> Message:
        major, minor, code, request_id = struct.unpack_from(">BBHi", self._wire)
        self._at = 8
        groups: list[Group] = []
        while (tag := self._byte()) != Tag.END:
            if tag > 0x0F:
                raise Unreadable(detail="a value stands outside of a group")
            groups.append(Group(tag, self._attributes()))
        return Message(code, request_id, tuple(groups), (major, minor), self._wire[self._at :])

    def _byte(self) -> int:
        (found,) = struct.unpack_from(">B", self._wire, self._at)
        self._at += 1
        return int(found)

    def _octets(self) -> bytes:
        (size,) = struct.unpack_from(">H", self._wire, self._at)
        start, self._at = self._at + 2, self._at + 2 + size
        if size > 0x7FFF or self._at > len(self._wire):
            raise Unreadable(detail="a length points past the end")
        return self._wire[start : self._at]

    def _attributes(self) -> tuple[Attribute, ...]:
        found: list[tuple[str, list[Value]]] = []
        while (tag := self._byte()) > 0x0F:
            name, raw = self._octets().decode("ascii"), self._octets()
            value = self._value(tag, raw, 0)
            if name:
                found.append((name, [value]))
            elif found:
                found[-1][1].append(value)
            else:
                raise Unreadable(detail="a further value comes before the first")
        self._at -= 1  # the delimiter belongs to whoever asked
        return tuple(Attribute(name, tuple(values)) for name, values in found)

    def _value(self, tag: int, raw: bytes, depth: int) -> Value:
        if tag == Tag.COLLECTION:
            if raw or depth == MAX_DEPTH:
                raise Unreadable(detail="a collection is too deep or starts with a value")
            return Value(tag, self._collection(depth + 1))
        if tag in {Tag.END_COLLECTION, Tag.MEMBER_NAME}:
            raise Unreadable(detail="a collection ends before it starts")
        return _read_value(tag, raw)

    def _collection(self, depth: int) -> Collection:
        members: list[tuple[str, list[Value]]] = []
        while True:
            tag, name, raw = self._byte(), self._octets(), self._octets()
            whole = not members or members[-1][1]
            if name or tag <= 0x0F:
                raise Unreadable(detail="a collection does not end")
            if tag == Tag.END_COLLECTION:
                if raw or not whole:
                    raise Unreadable(detail="a member of a collection has no value")
                return Collection(tuple(Attribute(key, tuple(values)) for key, values in members))
            if tag == Tag.MEMBER_NAME:
                if not whole:
                    raise Unreadable(detail="a member of a collection has no value")
                members.append((raw.decode("ascii"), []))
            elif members:
                members[-1][1].append(self._value(tag, raw, depth))
            else:
                raise Unreadable(detail="a value of a collection has no name")
