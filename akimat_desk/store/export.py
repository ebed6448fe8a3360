"""The whole desk as files that any program reads: what an encrypted database owes its owner.

One CSV a table (RFC 4180, UTF-8 with a byte order mark so that spreadsheets show Kazakh letters), `schema.json` that
says what the columns are, and a README.txt. The files are not encrypted: the caller says so to the person first.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Any, Final, TextIO

from akimat_desk.base.clock import Clock, SystemClock, local
from akimat_desk.base.errors import Refused
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from akimat_desk.store.connections import Database
from akimat_desk.store.copies import Progress, count_rows
from akimat_desk.store.durable import sync_folder
from akimat_desk.store.errors import faults
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
they have served.
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


def export(store: Store, folder: Path, *, progress: Progress | None = None, clock: Clock | None = None) -> Export:
    """Write every table into the new or empty `folder`, all as of one moment; `progress` counts rows.

    Raises FolderNotEmpty, DiskFull, StorageFault. Whatever is raised, `progress` included, leaves no file behind.
    """
    must_not_block("store.export")
    made = local((clock or SystemClock()).now_ms())
    with faults():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderNotEmpty(folder=folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}.part")
    try:
        with store.read() as db:
            counts = count_rows(db.connection())
            with faults():
                part.mkdir(mode=0o700)
                _write_all(db, part, counts, progress)
        with faults():
            (part / "README.txt").write_text(_README.format(made=f"{made:%Y-%m-%d %H:%M}"), encoding="utf-8")
            if folder.exists():
                folder.rmdir()
            os.replace(part, folder)
            sync_folder(folder.parent)
    except BaseException:
        rmtree(part, ignore_errors=True)
        raise
    return Export(folder, counts)


def _write_all(db: Database, folder: Path, counts: dict[str, int], progress: Progress | None) -> None:
    done, total = 0, sum(counts.values())
    tables = []
    for table in counts:
        columns = db.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
        cursor = db.execute_sql(f'SELECT * FROM "{table}"')  # noqa: S608 (a name from the schema)
        with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            _write_row(stream, [name for _, name, *_ in columns])
            while rows := cursor.fetchmany(_ROWS_A_STEP):
                for row in rows:
                    _write_row(stream, row)
                done += len(rows)
                if progress is not None:
                    progress(done, total)
            stream.flush()
            os.fsync(stream.fileno())
        tables.append(_described(db, table, columns, counts[table]))
    (folder / "schema.json").write_text(json.dumps({"tables": tables}, ensure_ascii=False, indent=2), encoding="utf-8")


def _described(db: Database, table: str, columns: list[Any], rows: int) -> dict[str, Any]:
    references = {
        row[3]: f"{row[2]}.{row[4]}" for row in db.execute_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()
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
