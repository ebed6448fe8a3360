"""Power that goes at a chosen step of the program, and disks that are full. No other code of it knows of this."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any, Final, Literal
from unittest import mock

from akimat_desk.store import Store

When = Literal["before", "after"]

CUTS: Final = (
    "akimat_desk.journal.append:insert",
    "akimat_desk.journal.append:seal",
    "akimat_desk.journal.append:Commit.seal",
    "akimat_desk.journal.apply:Applier.own",
    "akimat_desk.journal.apply:Applier.received",
    "akimat_desk.journal.apply:Applier.forget",
    "akimat_desk.journal.receive:open_chain",
    "akimat_desk.journal.receive:insert",
    "akimat_desk.journal.receive:seal",
    "akimat_desk.journal.receive:Receiver.take",
    "akimat_desk.journal.receive:Receiver.supply",
    "akimat_desk.journal.receive:Receiver.finish",
    "akimat_desk.journal.receipts:keep_receipt",
    "akimat_desk.journal.journal:repeat_both_sides",
    "akimat_desk.journal.journal:write_mark",
    "akimat_desk.journal.journal:Journal.receive",
    "akimat_desk.journal.journal:Journal.receipt",
    "akimat_desk.journal.opening:keep_key",
    "akimat_desk.journal.opening:introduce",
    "akimat_desk.journal.projections:replay",
    "akimat_desk.store.durable:replace",
    "akimat_desk.store.durable:sync_folder",
    "akimat_desk.store.layout:create",
    "akimat_desk.sync.exchange:pack",
)
"""Functions at whose n-th call the power may go: between any two lies a step that must not be done by halves."""


class PowerCut(BaseException):
    """The PC is off from here on. Not an `Exception`: no code may catch it and go on."""


@contextmanager
def power_cut(place: str, when: When, count: int) -> Iterator[Callable[[], bool]]:
    """Inside, the `count`-th call of `place` ("module:name" or "module:Class.name") raises `PowerCut`.

    Gives a question: has it come to that call?
    """
    module, _, path = place.partition(":")
    owner: Any = import_module(module)
    *owners, name = path.split(".")
    for part in owners:
        owner = getattr(owner, part)
    original = getattr(owner, name)
    calls = 0

    def cut(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == count and when == "before":
            raise PowerCut
        result = original(*args, **kwargs)
        if calls == count and when == "after":
            raise PowerCut
        return result

    with mock.patch.object(owner, name, cut):
        yield lambda: calls >= count


_NO_LIMIT: Final = 2**32 - 2


@contextmanager
def full_disk(store: Store, *, spare_pages: int = 0) -> Iterator[None]:
    """Inside, SQLite itself finds no room for more than `spare_pages` new pages (SQLITE_FULL), and the mark cannot be
    written (ENOSPC). For this thread's connection.
    """

    def no_room(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with ExitStack() as stack:
        stack.callback(_limit, store, None)
        _limit(store, spare_pages)
        stack.enter_context(mock.patch("akimat_desk.journal.mark.write_file", no_room))
        yield


def _limit(store: Store, spare_pages: int | None) -> None:
    with store.read() as db:
        (pages,) = db.execute_sql("PRAGMA page_count").fetchone()
        limit = _NO_LIMIT if spare_pages is None else pages + spare_pages
        db.execute_sql(f"PRAGMA max_page_count = {limit}").fetchall()
