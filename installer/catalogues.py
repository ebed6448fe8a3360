"""Gathers every text of the program and keeps the Kazakh and Russian catalogues in step with it.

    .venv/bin/python installer/catalogues.py            write .po and .mo files
    .venv/bin/python installer/catalogues.py --check    write nothing; fail when something would change

One catalogue a top-level package: `<package>/locale/<language>/LC_MESSAGES/messages.po`, compiled beside it. The same
sources give the same bytes on every machine: sorted, no dates, no places in the code, so that two people who add texts
at once do not meet in the header, and code that moves changes nothing. A text that two packages share is translated
once and taken over by the other.

Texts are found by reading the syntax tree, not by running anything: see `texts_in`.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import io
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from akimat_desk import service

ROOT: Final = Path(__file__).resolve().parent.parent
TRANSLATED: Final = ("kk", "ru")

SAYING: Final = frozenset({"N_", "Sentence", "t", "words", "_words", "translator"})
"""Names of functions and of translators whose first argument is a text."""

DOOR_MODULE: Final = "akimat_desk.service"
DOORS: Final = ("Tile", "StaffPage", "OverviewCard", "Figure", "Command", "Check", "Finding", "Service")
DOOR_TEXTS: Final = frozenset({"title", "short", "hint", "help", "text", "label", "todo"})
ERROR_TEXTS: Final = frozenset({"resident_text", "staff_text", "next_text"})


class Text(NamedTuple):
    """One text as the catalogue knows it; `plural` is empty where no number is spoken of."""

    msgid: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str | tuple[str, str]:
        """The id as Babel wants it."""
        return (self.msgid, self.plural) if self.plural else self.msgid


class CannotGather(Exception):
    """A text the catalogues would miss: put together in code, or a button's text that is not written in its call."""


def texts_in(source: str, where: str = "<source>") -> Iterator[Text]:
    """Every text of a Python file: calls of translators, errors' class attributes and the doors' fields.

    Raises `CannotGather`, naming file and line, where an f-string or a sum of strings is handed to a translator, or a
    variable to `button` (its context is known there only; `N_` would gather it without).
    """
    tree = ast.parse(source)
    doors = _doors_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _texts_of_call(node, doors, where)
        elif isinstance(node, ast.ClassDef):
            yield from _texts_of_class(node)


def _doors_of(tree: ast.AST) -> frozenset[str]:
    """The doors' dataclasses a file imports; another module may have a `Finding` of its own."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == DOOR_MODULE)
    return frozenset(name.name for node in imports for name in node.names if name.name in DOORS)


def _texts_of_call(call: ast.Call, doors: frozenset[str], where: str) -> Iterator[Text]:
    match call.func:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))):
            return  # a translator's own method, handing on what it was given
        case ast.Attribute(attr=name):
            is_method = True
        case ast.Name(id=name):
            is_method = False
        case _:
            return
    if name in doors:
        for argument in _door_arguments(name, call):
            yield from (Text(msgid) for msgid in _literals(argument))
        return
    if not call.args:
        return
    is_button = is_method and name == "button"
    if name in SAYING or is_button:
        _refuse_pieces(call.args[0], where)
        msgids = list(_literals(call.args[0]))
        if is_button and not msgids:
            raise CannotGather(f"{where}:{call.lineno}: write the button's text in the call")
        yield from (Text(msgid, context="button" if is_button else "") for msgid in msgids)
    elif is_method and name == "count" and len(call.args) >= 3:
        for argument in call.args[:2]:
            _refuse_pieces(argument, where)
        for singular, plural in zip(_literals(call.args[0]), _literals(call.args[1]), strict=True):
            yield Text(singular, plural)


def _door_arguments(door: str, call: ast.Call) -> Iterator[ast.expr]:
    fields = [field.name for field in dataclasses.fields(getattr(service, door))]
    given = [*zip(fields, call.args, strict=False), *((word.arg, word.value) for word in call.keywords)]
    yield from (value for name, value in given if name in DOOR_TEXTS)


def _texts_of_class(node: ast.ClassDef) -> Iterator[Text]:
    for line in node.body:
        if isinstance(line, ast.Assign):
            targets, value = line.targets, line.value
        elif isinstance(line, ast.AnnAssign) and line.value is not None:
            targets, value = [line.target], line.value
        else:
            continue
        if any(isinstance(target, ast.Name) and target.id in ERROR_TEXTS for target in targets):
            yield from (Text(msgid) for msgid in _literals(value))


def _literals(node: ast.expr) -> Iterator[str]:
    """The strings an expression may be: itself, or either side of `a if x else b` and `a or b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _literals(value)


def _refuse_pieces(node: ast.expr, where: str) -> None:
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        raise CannotGather(f"{where}:{node.lineno}: one whole sentence with named placeholders, not pieces")


def packages(root: Path = ROOT) -> list[str]:
    """The top-level packages of the distribution, from its own list."""
    listed = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    return sorted({name.partition(".")[0] for name in listed})


def texts_of(package: str, root: Path = ROOT) -> set[Text]:
    """Every text of a package."""
    files = sorted((root / package).rglob("*.py"))
    return {text for file in files for text in texts_in(file.read_text("utf-8"), file.relative_to(root).as_posix())}


class Quiet(Catalog):
    """A catalogue whose header says only what gettext needs: no dates, no names, no tool's version."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Language, plural forms, encoding."""
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a read file says is not taken over: `read_po` sets it, the language decides it."""


def read(file: Path, language: str) -> Catalog:
    """The catalogue as it is now; an empty one where there is none."""
    if not file.is_file():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def renewed(texts: set[Text], old: Catalog, shared: Sequence[Catalog]) -> Quiet:
    """`texts` with the translations `old` has, else those of `shared`, else none. What is not said any more is gone.

    A translation in doubt (fuzzy) or with a plural form missing stays as it is in its own catalogue and is not shared.
    """
    new = Quiet(locale=old.locale, header_comment="", fuzzy=False, charset="utf-8")
    for text in sorted(texts):
        message = Message(text.key, context=text.context or None)
        mine = old.get(text.msgid, text.context or None)
        if mine and mine.id == text.key and any(_forms(mine)):
            message.string = mine.string
            message.flags |= mine.flags & {"fuzzy"}
        else:
            nothing = ("",) * new.num_plurals if text.plural else ""
            others = (catalogue.get(text.msgid, text.context or None) for catalogue in shared)
            message.string = next((other.string for other in others if other and _whole(other, text.key)), nothing)
        new[text.key] = message
    return new


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _whole(message: Message, key: object) -> bool:
    return message.id == key and not message.fuzzy and all(_forms(message))


def as_po(catalogue: Catalog) -> bytes:
    """The text of a .po file."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, ignore_obsolete=True, no_location=True)
    return buffer.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled catalogue. What is not translated is left out, so that English is shown and not nothing."""
    whole = Quiet(locale=catalogue.locale, header_comment="", fuzzy=False, charset="utf-8")
    for message in catalogue:
        if message.id and _whole(message, message.id):
            whole[message.id] = message
    buffer = io.BytesIO()
    write_mo(buffer, whole)
    return buffer.getvalue()


def po_file(package: str, language: str, root: Path = ROOT) -> Path:
    """Where the catalogue of a package lies."""
    return root / package / "locale" / language / "LC_MESSAGES" / "messages.po"


def wanted_files(root: Path = ROOT) -> dict[Path, bytes]:
    """Every catalogue file as it should be. A package that says nothing has none."""
    wanted: dict[Path, bytes] = {}
    said = {package: texts for package in packages(root) if (texts := texts_of(package, root))}
    for language in TRANSLATED:
        present = {package: read(po_file(package, language, root), language) for package in said}
        for package, texts in said.items():
            others = [catalogue for name, catalogue in present.items() if name != package]
            catalogue = renewed(texts, present[package], others)
            file = po_file(package, language, root)
            wanted[file] = as_po(catalogue)
            wanted[file.with_suffix(".mo")] = as_mo(catalogue)
    return wanted


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the catalogues, or check them; 1 when the check finds one that would change."""
    parser = argparse.ArgumentParser(description="Gather the program's texts into the Kazakh and Russian catalogues.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a catalogue would change")
    options = parser.parse_args(arguments)
    try:
        wanted = wanted_files()
    except CannotGather as why:
        print(why, file=sys.stderr)
        return 1
    stale = [file for file, data in wanted.items() if not file.is_file() or file.read_bytes() != data]
    for file in stale:
        print(file.relative_to(ROOT), "would change" if options.check else "written")
        if not options.check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(wanted[file])
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
