"""What is known of a file before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from akimat_desk.base.words import Sentence, Translator

Kind = Literal["pdf", "image", "text", "office", "unknown"]
"""Told from the content, never from the name."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the worker reports. It has met untrusted bytes, so it sends codes and numbers and no words of its own."""

    kind: Kind = "unknown"
    valid: bool = False
    reason: str = ""
    values: Mapping[str, int | float | str] = field(default_factory=dict)
    pages: int = 0
    colour_pages: tuple[int, ...] = ()
    blank_pages: tuple[int, ...] = ()
    encrypted: bool = False
    needs_password: bool = False
    printing_allowed: bool = True
    repaired: bool = False
    sizes_mm: tuple[tuple[float, float], ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One file as people see it.

    `valid` says that it opens; `can_print` that it may be printed as well. Pages are numbered from 1, and only those
    that load count: they are what is billed. `reason` is empty when there is nothing to say, a code of `errors.ERRORS`
    when nothing can be printed, and a code of `errors.CAUTIONS` when the person should look at the preview first.
    """

    file: str
    kind: Kind
    valid: bool
    reason: str
    message: Sentence
    pages: int
    colour_pages: tuple[int, ...]
    blank_pages: tuple[int, ...]
    encrypted: bool
    needs_password: bool
    printing_allowed: bool
    repaired: bool
    sizes_mm: tuple[tuple[float, float], ...]
    """Width and height of each page in millimetres as it is seen (after its rotation)."""
    encoding: str
    """Of a text: utf-8, utf-8-sig, utf-16-le, utf-16-be, cp1251, kz1048 or cp866 (names of Python's codecs)."""

    @property
    def can_print(self) -> bool:
        """It opens, and its author lets it be printed."""
        return self.valid and self.printing_allowed


def inspection_json(inspection: Inspection, words: Translator) -> dict[str, object]:
    """The report of `akimat-desk print inspect`: these keys in this order, the message in the language of `words`."""
    return {
        "file": inspection.file,
        "kind": inspection.kind,
        "valid": inspection.valid,
        "reason": inspection.reason,
        "message": words.say(inspection.message),
        "pages": inspection.pages,
        "colour_pages": list(inspection.colour_pages),
        "blank_pages": list(inspection.blank_pages),
        "encrypted": inspection.encrypted,
        "needs_password": inspection.needs_password,
        "printing_allowed": inspection.printing_allowed,
        "repaired": inspection.repaired,
        "sizes_mm": [list(size) for size in inspection.sizes_mm],
        "encoding": inspection.encoding,
    }
