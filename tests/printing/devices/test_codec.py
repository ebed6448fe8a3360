"""IPP messages: nothing is lost between bytes and values, and no bytes do harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.devices.errors import DeviceMisuse, Unreadable
from printing.devices.ipp.codec import (
    MAX_DEPTH,
    Attribute,
    Collection,
    Group,
    Localized,
    Message,
    Range,
    Resolution,
    Tag,
    Value,
    attribute,
    decode,
    encode,
)

TEXT_TAGS = (
    Tag.TEXT,
    Tag.NAME,
    Tag.KEYWORD,
    Tag.URI,
    Tag.URI_SCHEME,
    Tag.CHARSET,
    Tag.LANGUAGE,
    Tag.MIME_TYPE,
)
NOT_UNKNOWN = {*Tag, *range(0x10)}

names = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
int32 = st.integers(-(2**31), 2**31 - 1)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
moments = st.builds(
    lambda naive, tenth, minutes: naive.replace(
        microsecond=tenth * 100_000, tzinfo=timezone(timedelta(minutes=minutes))
    ),
    st.datetimes(),
    st.integers(0, 9),
    st.integers(-23 * 60, 23 * 60),
)
simple_values = st.one_of(
    st.builds(Value, st.sampled_from([Tag.INTEGER, Tag.ENUM]), int32),
    st.builds(Value, st.just(Tag.BOOLEAN), st.booleans()),
    st.builds(Value, st.just(Tag.OCTETS), st.binary(max_size=40)),
    st.builds(Value, st.just(Tag.DATE_TIME), moments),
    st.builds(Value, st.just(Tag.RESOLUTION), st.builds(Resolution, int32, int32, st.integers(-128, 127))),
    st.builds(Value, st.just(Tag.RANGE), st.builds(Range, int32, int32)),
    st.builds(
        Value, st.sampled_from([Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE]), st.builds(Localized, words, words)
    ),
    st.builds(Value, st.sampled_from(TEXT_TAGS), words),
    st.builds(Value, st.sampled_from([Tag.UNSUPPORTED, Tag.UNKNOWN, Tag.NO_VALUE]), st.just(b"")),
    st.builds(Value, st.integers(0x10, 0xFF).filter(lambda tag: tag not in NOT_UNKNOWN), st.binary(max_size=20)),
)


def attributes(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Attribute]:
    return st.builds(Attribute, names, st.lists(values, min_size=1, max_size=4).map(tuple))


values = st.recursive(
    simple_values,
    lambda inner: st.lists(attributes(inner), max_size=3).map(
        lambda members: Value(Tag.COLLECTION, Collection(tuple(members)))
    ),
    max_leaves=12,
)
groups = st.builds(
    Group,
    st.integers(0, 15).filter(lambda tag: tag != Tag.END),
    st.lists(attributes(values), max_size=4).map(tuple),
)
messages = st.builds(
    Message,
    st.integers(0, 0xFFFF),
    int32,
    st.lists(groups, max_size=3).map(tuple),
    st.tuples(st.integers(0, 255), st.integers(0, 255)),
    st.binary(max_size=40),
)


@given(messages)
def test_what_is_written_is_read_back(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.binary(max_size=300))
def test_bytes_are_refused_or_kept_whole(wire: bytes) -> None:
    try:
        message = decode(wire)
    except Unreadable:
        return
    assert encode(message) == wire


@given(messages, st.data())
def test_a_spoiled_message_is_refused_or_kept_whole(message: Message, data: st.DataObject) -> None:
    wire = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 4))):
        wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(wire[: data.draw(st.integers(0, len(wire)))])
    test_bytes_are_refused_or_kept_whole.hypothesis.inner_test(cut)


def test_the_bytes_are_those_of_the_standard() -> None:
    """RFC 8010, appendix A.1, shortened: a request as it stands there."""
    message = Message(
        code=0x0002,
        request_id=1,
        version=(1, 1),
        groups=(
            Group(
                Tag.OPERATION,
                (
                    attribute("attributes-charset", Tag.CHARSET, "utf-8"),
                    attribute("attributes-natural-language", Tag.LANGUAGE, "en-us"),
                    attribute("ipp-attribute-fidelity", Tag.BOOLEAN, True),
                ),
            ),
            Group(
                Tag.JOB,
                (attribute("copies", Tag.INTEGER, 20), attribute("sides", Tag.KEYWORD, "two-sided-long-edge")),
            ),
        ),
        document=b"%PDF",
    )
    assert encode(message) == (
        b"\x01\x01\x00\x02\x00\x00\x00\x01"
        b"\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x48\x00\x1battributes-natural-language\x00\x05en-us"
        b"\x22\x00\x16ipp-attribute-fidelity\x00\x01\x01"
        b"\x02"
        b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
        b"\x44\x00\x05sides\x00\x13two-sided-long-edge"
        b"\x03%PDF"
    )


def test_a_collection_is_written_as_in_the_standard() -> None:
    """RFC 8010, appendix A.7: media-col with media-size in it."""
    size = Collection((attribute("x-dimension", Tag.INTEGER, 6), attribute("y-dimension", Tag.INTEGER, 4)))
    media = Collection(
        (attribute("media-color", Tag.KEYWORD, "blue"), attribute("media-size", Tag.COLLECTION, size)),
    )
    message = Message(0x0005, 1, (Group(Tag.JOB, (attribute("media-col", Tag.COLLECTION, media),)),))
    assert encode(message)[8:] == (
        b"\x02"
        b"\x34\x00\x09media-col\x00\x00"
        b"\x4a\x00\x00\x00\x0bmedia-color"
        b"\x44\x00\x00\x00\x04blue"
        b"\x4a\x00\x00\x00\x0amedia-size"
        b"\x34\x00\x00\x00\x00"
        b"\x4a\x00\x00\x00\x0bx-dimension"
        b"\x21\x00\x00\x00\x04\x00\x00\x00\x06"
        b"\x4a\x00\x00\x00\x0by-dimension"
        b"\x21\x00\x00\x00\x04\x00\x00\x00\x04"
        b"\x37\x00\x00\x00\x00"
        b"\x37\x00\x00\x00\x00"
        b"\x03"
    )


def test_values_are_found_by_name() -> None:
    group = Group(
        Tag.PRINTER,
        (
            attribute("printer-name", Tag.NAME_WITH_LANGUAGE, Localized("kk", "Кеңсе принтері")),
            attribute("printer-state", Tag.ENUM, 3),
            attribute("sides-supported", Tag.KEYWORD, "one-sided", "two-sided-long-edge"),
            attribute("color-supported", Tag.BOOLEAN, True),
            attribute("copies-supported", Tag.RANGE, Range(1, 99)),
            attribute("odd", Tag.INTEGER, b"\x01\x02\x03"),
        ),
    )
    assert group.text("printer-name") == "Кеңсе принтері"
    assert group.number("printer-state") == 3
    assert group.texts("sides-supported") == ("one-sided", "two-sided-long-edge")
    assert group.flag("color-supported") is True
    assert group.data("copies-supported") == (Range(1, 99),)
    assert group.number("odd") is None
    assert (group.text("absent"), group.number("absent"), group.flag("absent")) == ("", None, False)


def test_a_value_that_does_not_fit_its_tag_keeps_its_bytes() -> None:
    odd = (
        Value(Tag.INTEGER, b"\x00\x00\x05"),
        Value(Tag.BOOLEAN, b"\x02"),
        Value(Tag.TEXT, b"\xff\xfe"),
        Value(Tag.DATE_TIME, b"\x07\xea\x0d\x01\x00\x00\x00\x00+\x05\x00"),
        Value(Tag.RANGE, b"\x00"),
        Value(Tag.NAME_WITH_LANGUAGE, b"\x00\x02kk\x00\x09ab"),
    )
    message = Message(0, 1, (Group(Tag.PRINTER, (Attribute("odd", odd),)),))
    assert decode(encode(message)) == message
    assert odd[2].text == "\ufffd\ufffd"


def test_a_date_keeps_its_zone() -> None:
    at = datetime(2026, 11, 20, 10, 0, 30, 500_000, timezone(timedelta(hours=5)))
    wire = encode(Message(0, 1, (Group(Tag.PRINTER, (attribute("printer-current-time", Tag.DATE_TIME, at),)),)))
    assert b"\x07\xea\x0b\x14\x0a\x00\x1e\x05+\x05\x00" in wire


@pytest.mark.parametrize(
    "wire",
    [
        b"",
        b"\x02\x00\x00\x00",
        b"\x02\x00\x00\x00\x00\x00\x00\x01",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x21\x00\x01a\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x21\x00\x00\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x21\xff\xffabc\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x37\x00\x01a\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x34\x00\x01a\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x34\x00\x01a\x00\x00\x4a\x00\x00\x00\x01m\x37\x00\x00\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x34\x00\x01a\x00\x00\x21\x00\x00\x00\x04\x00\x00\x00\x00\x37\x00\x00\x00\x00\x03",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x41\x00\x02\xd2\x9b\x00\x00\x03",
        b"<html><body>Welcome to the guest network</body></html>",
    ],
)
def test_what_is_no_message_is_refused(wire: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(wire)


def test_collections_are_taken_as_deep_as_is_sane() -> None:
    def nested(depth: int) -> bytes:
        opened = b"\x34\x00\x01a\x00\x00" + b"\x4a\x00\x00\x00\x01m\x34\x00\x00\x00\x00" * (depth - 1)
        return b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + opened + b"\x37\x00\x00\x00\x00" * depth + b"\x03"

    assert encode(decode(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    with pytest.raises(Unreadable):
        decode(nested(MAX_DEPTH + 1))
    with pytest.raises(Unreadable):
        decode(nested(100_000))


@pytest.mark.parametrize(
    "wrong",
    [
        Attribute("copies", ()),
        Attribute("", (Value(Tag.INTEGER, 1),)),
        attribute("copies", Tag.INTEGER, "two"),
        attribute("copies", Tag.INTEGER, 2**31),
        attribute("copies", Tag.RANGE, 1),
        attribute("name", Tag.NAME, 5),
        attribute("name", Tag.NAME, "а" * 20_000),
        attribute("when", Tag.DATE_TIME, datetime(2026, 11, 20)),  # noqa: DTZ001  without a zone, which is the point
        attribute("new", 0x7E, 5),
        attribute("media-col", Tag.COLLECTION, Collection((Attribute("empty", ()),))),
    ],
)
def test_a_wrong_call_is_our_own_mistake(wrong: Attribute) -> None:
    with pytest.raises(DeviceMisuse):
        encode(Message(0, 1, (Group(Tag.JOB, (wrong,)),)))


def test_times_before_the_common_zones_are_kept() -> None:
    at = datetime(1999, 12, 31, tzinfo=UTC)
    message = Message(0, 1, (Group(Tag.PRINTER, (attribute("t", Tag.DATE_TIME, at),)),))
    assert decode(encode(message)) == message
