"""A disk that remembers what was flushed, and what is left of it when the power goes.

`Recorder` is an apsw VFS that writes down every xWrite, xTruncate, xSync and xDelete while the store's own settings and
transactions run on plain SQLite (SQLCipher encrypts pages above this layer; the order of writes and flushes is the
same). `disk_after` builds what a power cut after n operations may leave: what was flushed is there; of what was not,
each 512-byte sector is there or not by chance, in any order.

xDelete must be recorded too: a file that was removed and made again would otherwise keep its old content, and the cut
would look like lost data (a false alarm we were warned of).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing SQLite told the disk. `at` is an offset; for truncate the new length; for delete 1: flush at once."""

    what: Literal["write", "truncate", "sync", "delete"]
    file: str
    at: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """Passes everything on to the real disk and keeps the list."""

    def __init__(self, name: str) -> None:
        self.operations: list[Operation] = []
        self.name = name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        return _File(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.operations.append(Operation("delete", Path(filename).name, int(syncdir)))
        super().xDelete(filename, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, recorder: Recorder, name: Any, flags: list[int]) -> None:
        self._list = recorder.operations
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else name).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._list.append(Operation("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._list.append(Operation("truncate", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._list.append(Operation("sync", self._name))
        super().xSync(flags)


def disk_after(operations: list[Operation], chance: random.Random) -> dict[str, bytes]:
    """The files that a power cut after `operations` may leave."""
    flushed: dict[str, bytearray] = {}
    waiting: dict[str, list[Operation]] = {}
    for operation in operations:
        name = operation.file
        if operation.what == "sync":
            for late in waiting.pop(name, []):
                _apply(flushed, late)
            flushed.setdefault(name, bytearray())
        elif operation.what == "delete" and operation.at:
            waiting.pop(name, None)
            flushed.pop(name, None)
        else:
            waiting.setdefault(name, []).append(operation)
    for unflushed in waiting.values():
        kept = chance.choice([0.0, 0.5, 0.9, 1.0])
        for operation in unflushed:
            for piece in _torn(operation):
                if chance.random() < kept:
                    _apply(flushed, piece)
    return {name: bytes(content) for name, content in flushed.items()}


def _torn(operation: Operation) -> list[Operation]:
    if operation.what != "write":
        return [operation]
    return [
        Operation("write", operation.file, operation.at + start, operation.data[start : start + SECTOR])
        for start in range(0, len(operation.data), SECTOR)
    ]


def _apply(disk: dict[str, bytearray], operation: Operation) -> None:
    if operation.what == "delete":
        disk.pop(operation.file, None)
        return
    content = disk.setdefault(operation.file, bytearray())
    if operation.what == "truncate":
        del content[operation.at :]
    else:
        end = operation.at + len(operation.data)
        content.extend(bytes(max(0, end - len(content))))
        content[operation.at : end] = operation.data
