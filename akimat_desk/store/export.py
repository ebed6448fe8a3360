"""The whole desk as files that any program reads: what an encrypted database owes its owner.

One CSV a table (RFC 4180, UTF-8 with a byte order mark so that spreadsheets show Kazakh letters), `schema.json` that
says what the columns are, and a README.txt. The files are not encrypted: the caller says so to the person first.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any, Final, TextIO

from akimat_desk.base.clock import Clock, SystemClock, local
from akimat_desk.base.errors import Refused
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.store.copies import Progress, count_rows
from akimat_desk.store.durable import sync_folder
from akimat_desk.store.errors import DatabaseDamaged, faults
from akimat_desk.store.salvage import readable
from akimat_desk.store.store import Store

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""A cell that begins so would be run as a formula by a spreadsheet, or could not be told from an escaped one."""
_ROWS_A_STEP: Final = 1000

_README: Final = """\
Akimat Desk: all data of this desk, {made} (UTC+5)

Every table is one CSV file: UTF-8, comma, the first line names the columns. schema.json describes the columns.

- An empty cell without quotation marks is "no value"; an empty text is "".
- Bytes are hexadecimal digits; schema.json says which tables have them ("bytes").
- A text that begins with = + - @ ' or a tab or line break has one ' put before it, so that a spreadsheet does not
  run it as a formula. Remove that one ' to get the text back.
- Moments whose column ends in _ms or is called "at_ms" are milliseconds since 1 January 1970, UTC.

These files are NOT encrypted and hold personal data. Keep them as the law on personal data asks, and delete them when
they have served. With them, staff PINs can be found out by trying: give new PINs if they fall into other hands.
"""

_TORN: Final = """
THE DATABASE WAS DAMAGED. Of these tables only a part could be read, the rest is missing here: {tables}
"""


class FolderNotEmpty(Refused):
    """Something lies where the files would go."""

    code = "folder-not-empty"
    staff_text = N_("The folder {folder} is not empty. Nothing was written.")
    next_text = N_("Choose an empty folder.")


@dataclass(frozen=True, slots=True)
class Export:
    """What was written."""

    folder: Path
    counts: dict[str, int]
    """Rows by table."""
    torn: tuple[str, ...] = ()
    """Tables of a damaged database of which only a part could be read."""


def export(store: Store, folder: Path, *, progress: Progress | None = None, clock: Clock | None = None) -> Export:
    """Write every table into the new or empty `folder`, all as of one moment; `progress` counts rows.

    Of a damaged database, what can be read: see `Export.torn`. Raises FolderNotEmpty, DiskFull, StorageFault, and
    DatabaseDamaged where nothing can be read. Whatever is raised, `progress` included, leaves no file behind.
    """
    must_not_block("store.export")
    made = (clock or SystemClock()).now_ms()
    try:
        with store.read() as db, _folder(folder) as part:
            connection = db.connection()
            counts = count_rows(connection)
            rows = ((table, _all_rows(connection, table)) for table in counts)
            _write_all(connection, rows, part, sum(counts.values()), progress)
            _write_readme(part, made, ())
    except DatabaseDamaged:
        return salvage(store.home, folder, progress=progress, clock=clock)
    return Export(folder, counts)


def salvage(home: Home, folder: Path, *, progress: Progress | None = None, clock: Clock | None = None) -> Export:
    """`export` of a database too damaged to be opened as a desk; `progress` does not know how many rows there are."""
    must_not_block("store.salvage")
    made = (clock or SystemClock()).now_ms()
    with readable(home) as found, _folder(folder) as part:
        rows = ((table, found.rows(table)) for table in found.tables)
        counts = _write_all(found.connection, rows, part, 0, progress)
        _write_readme(part, made, found.torn)
    return Export(folder, counts, tuple(found.torn))


@contextmanager
def _folder(folder: Path) -> Iterator[Path]:
    """A folder to write into; it gets the name of `folder`, which is new or empty, when the block has ended well."""
    with faults():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderNotEmpty(folder=folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.part")
    try:
        with faults():
            part.mkdir(mode=0o700)
        yield part
        with faults():
            if folder.exists():
                folder.rmdir()
            os.replace(part, folder)
            sync_folder(folder.parent)
    except BaseException:
        rmtree(part, ignore_errors=True)
        raise


def _all_rows(connection: Any, table: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (a name from the schema)
    while rows := cursor.fetchmany(_ROWS_A_STEP):
        yield from rows


def _write_all(
    connection: Any,
    tables: Iterable[tuple[str, Iterable[tuple[Any, ...]]]],
    folder: Path,
    total: int,
    progress: Progress | None,
) -> dict[str, int]:
    """Write each table and what it is; how many rows each had. `connection` is asked for the schema."""
    done, counts, described = 0, {}, []
    for table, rows in tables:
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        before = done
        with faults(), (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            _write_row(stream, [name for _, name, *_ in columns])
            for row in rows:
                _write_row(stream, row)
                done += 1
                if progress is not None and (done - before) % _ROWS_A_STEP == 0:
                    progress(done, total or done)
            stream.flush()
            os.fsync(stream.fileno())
        counts[table] = done - before
        described.append(_described(connection, table, columns, counts[table]))
    with faults():
        text = json.dumps({"tables": described}, ensure_ascii=False, indent=2)
        (folder / "schema.json").write_text(text, encoding="utf-8")
    return counts


def _write_readme(folder: Path, made_ms: int, torn: Sequence[str]) -> None:
    text = _README.format(made=f"{local(made_ms):%Y-%m-%d %H:%M}")
    if torn:
        text += _TORN.format(tables=", ".join(torn))
    with faults():
        (folder / "README.txt").write_text(text, encoding="utf-8")


def _described(connection: Any, table: str, columns: list[Any], rows: int) -> dict[str, Any]:
    references = {
        row[3]: f"{row[2]}.{row[4]}" for row in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
    }
    return {
        "table": table,
        "file": f"{table}.csv",
        "rows": rows,
        "columns": [
            {
                "name": name,
                "type": "bytes" if kind.upper() == "BLOB" else kind.lower() or "any",
                "may_be_empty": not (not_null or key),
                "key": bool(key),
                **({"refers_to": references[name]} if name in references else {}),
            }
            for _, name, kind, not_null, _, key in columns
        ],
    }


def _write_row(stream: TextIO, cells: Iterable[object]) -> None:
    stream.write(",".join(map(cell, cells)) + "\r\n")


def cell(value: object) -> str:
    """One value as a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, str):
        text = "'" + value if value.startswith(FORMULA_STARTS) else value
        return '"' + text.replace('"', '""') + '"'
    return str(value)
