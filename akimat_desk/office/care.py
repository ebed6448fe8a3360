"""What is done for the data as a whole, each ending in an `Outcome`: a copy, the check of everything, the export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local
from akimat_desk.base.words import N_, Sentence
from akimat_desk.office.backups import save_copy
from akimat_desk.office.long_work import Outcome

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store.copies import Progress
    from akimat_desk.store.export import Export


def copy_to(desk: Desk, folder: Path, progress: Progress) -> Outcome:
    """Save a copy in `folder` (blocks). Raises what `backups.save_copy` raises."""
    done = save_copy(desk, folder, progress)
    values = {"file": done.file.name, "sheet": done.header.sheet}
    return Outcome(
        "done",
        (
            Sentence(N_("The backup is in {file}. Sheet {sheet} opens it."), values),
            Sentence(N_("Take the stick out and keep it away from this PC.")),
        ),
    )


def check_all(desk: Desk, progress: Progress) -> Outcome:
    """Look at every page of the database and prove every entry of the journal (blocks)."""
    from akimat_desk.journal.mark import read_mark
    from akimat_desk.journal.tables import heads
    from akimat_desk.journal.verify import verify
    from akimat_desk.store.check import check

    progress(0, 0)
    report = check(desk.store)
    if not report.sound:
        return Outcome(
            "error",
            (
                Sentence(N_("The database on this PC is damaged. Nothing more is written to it.")),
                Sentence(N_("Export what can be read, then restore the last backup.")),
            ),
        )
    mark = read_mark(desk.home)
    with desk.store.read() as db:
        found = verify(db, mark.head if mark else None, progress=progress)
        chains = heads(db.connection())
    if found:
        return Outcome(
            "error",
            (
                Sentence(N_("In the journal, entries that are not as they were written: {n}."), {"n": len(found)}),
                Sentence(N_("`akimat-desk journal verify` names them. Tell support; nothing was changed.")),
            ),
        )
    rows, entries = sum(report.counts.values()), sum(head.seq for head in chains)
    return Outcome(
        "done",
        (
            Sentence(N_("All is well: tables {tables}, rows {rows}."), {"tables": len(report.counts), "rows": rows}),
            Sentence(N_("The journal is whole: devices {chains}, entries {n}."), {"chains": len(chains), "n": entries}),
        ),
    )


def export_to(desk: Desk, folder: Path, progress: Progress) -> Outcome:
    """Write everything as CSV files into a new folder inside `folder` (blocks). Raises NoSuchFile and what
    `store.export` raises.
    """
    from akimat_desk.store.errors import NoSuchFile
    from akimat_desk.store.export import export

    if not folder.is_dir():  # a stick that was pulled out must not become a folder of this PC
        raise NoSuchFile(file=folder)
    target = folder / f"akimat-desk-{local(desk.clock.now_ms()):%Y-%m-%d-%H%M}-export"
    done = export(desk.store, target, progress=progress, clock=desk.clock)
    return Outcome("warning", exported(done, done.folder.name))


def exported(done: Export, folder: str) -> tuple[Sentence, ...]:
    """What an export came to; `folder` as the person calls it."""
    keep_safe = Sentence(N_("These files are not encrypted. Keep them safe, and delete them when they have served."))
    if not done.torn:
        return Sentence(N_("All data are in {folder}."), {"folder": folder}), keep_safe
    return (
        Sentence(N_("What could be read is in {folder}."), {"folder": folder}),
        Sentence(N_("The database is damaged. Read only in part: {tables}."), {"tables": ", ".join(done.torn)}),
        keep_safe,
    )
