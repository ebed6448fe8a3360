"""XML of a stranger, read as plain elements.

A scanner, or whoever poses as one, may send anything. A document type is refused, and with it every entity; how long,
deep and wide an answer may be is bounded. Names are taken without their namespaces, because scanners use several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MOST_BYTES: Final = 512 * 1024
"""Of an answer in XML; a scanner with every ability says about 12 KB."""
MOST_ELEMENTS: Final = 20_000
MOST_DEPTH: Final = 40


class NotXml(ValueError):
    """Not to be read: no XML, or more than is taken. Its words name a place, nothing of the content."""


@dataclass(slots=True)
class Element:
    """An element by its local name, with the text directly in it."""

    name: str
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *path: str) -> Iterator[Element]:
        """Every element that is reached by going down through these names."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> Element | None:
        """The first of them."""
        return next(self.all(*path), None)

    def word(self, *path: str) -> str:
        """The text of the first of them, "" where there is none."""
        found = self.first(*path)
        return found.text.strip() if found is not None else ""

    def number(self, *path: str) -> int | None:
        """The same as a number of up to six digits, None where it is no such number."""
        word = self.word(*path)
        return int(word) if word.isascii() and word.isdigit() and len(word) <= 6 else None


def read(data: bytes) -> Element:
    """The root of an answer. Raises `NotXml`."""
    from xml.parsers import expat

    if len(data) > MOST_BYTES:
        raise NotXml("too long")
    top = Element("")
    open_now = [top]
    count = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST_ELEMENTS or len(open_now) > MOST_DEPTH:
            raise NotXml("too many elements")
        element = Element(name.rpartition(":")[2])
        open_now[-1].children.append(element)
        open_now.append(element)

    def end(_: str) -> None:
        open_now.pop()

    def text(words: str) -> None:
        open_now[-1].text += words

    def doctype(*_: object) -> None:
        raise NotXml("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as why:
        raise why if isinstance(why, NotXml) else NotXml("no XML") from why
    return top.children[0]
