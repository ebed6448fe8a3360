"""`akimat-desk store`: backup, restore, check, export and the recovery key, from the command line.

None of them opens the whole desk: a damaged one can still be checked, and exported as far as it can be read, and
nothing is migrated. The recovery key is typed or read from a file, never given as an argument, where other users of
the PC could see it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_
from akimat_desk.service import Call, find_services

if TYPE_CHECKING:
    from akimat_desk.store.recovery import RecoveryKey

DONE: Final = 0
NOT_SOUND: Final = 1
IN_PART: Final = 3


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `store` on `parser`."""
    subcommands = parser.add_subparsers(dest="store_command", required=True, metavar="COMMAND")
    parser.set_defaults(needs_village=False)

    new_key = subcommands.add_parser("new-key", help=N_("Make the recovery key that opens backups."))
    new_key.add_argument(
        "--replace", action="store_true", help=N_("Even if there is one; older backups keep the older.")
    )

    backup = subcommands.add_parser("backup", help=N_("Save a backup that the recovery key opens on any PC."))
    backup.add_argument("file", type=Path, metavar="FILE")

    restore = subcommands.add_parser(
        "restore",
        help=N_("Bring a backup back; what was here is kept aside."),
        description=N_("The recovery key is asked for, or read from a file."),
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--key-file", type=Path, metavar="FILE", help=N_("A text file that holds the recovery key."))

    subcommands.add_parser(
        "check", help=N_("Look at every page of the database."), description=N_("Exit code 0 if all is well, 1 if not.")
    )

    export = subcommands.add_parser(
        "export",
        help=N_("Write all data as CSV files that any program reads."),
        description=N_("Exit code 3 if the database is damaged and only a part could be read."),
    )
    export.add_argument("folder", type=Path, metavar="DIR")


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    return {"new-key": _new_key, "backup": _backup, "restore": _restore, "check": _check, "export": _export}[
        call.arguments.store_command
    ](call)


def _new_key(call: Call) -> int:
    from akimat_desk.store.recovery import RecoveryKey, RecoveryKeyExists, keep_seal, kept_seal

    kept = kept_seal(call.home)
    if kept is not None and not call.arguments.replace:
        raise RecoveryKeyExists(sheet=kept.sheet)
    key = RecoveryKey.make()
    _say(call.words("Recovery key, sheet {sheet}:", sheet=key.seal.sheet))
    _say(key.printed)
    _say(call.words("Write it on paper and keep it away from this PC. Then type it here:"))
    if _typed_key() != key:
        _say(call.words("This is another key. No recovery key was made."))
        return NOT_SOUND
    keep_seal(call.home, key.seal, replace=call.arguments.replace)
    said = call.words("From now on, backups are opened by sheet {sheet}.", sheet=key.seal.sheet)
    call.out({"sheet": key.seal.sheet}, [said])
    return DONE


def _backup(call: Call) -> int:
    from akimat_desk.office.backups import note_copy
    from akimat_desk.store import Store
    from akimat_desk.store.backup import backup

    store = Store.open(call.home)
    try:
        done = backup(store, call.arguments.file)
        note_copy(store, done.header)
    finally:
        store.close()
    said = call.words("The backup is in {file}. Sheet {sheet} opens it.", file=done.file, sheet=done.header.sheet)
    call.out({"file": done.file, **asdict(done.header)}, [said])
    return DONE


def _restore(call: Call) -> int:
    from akimat_desk.office.restoring import bring_back
    from akimat_desk.store.backup import read_header
    from akimat_desk.store.errors import faults

    header = read_header(call.arguments.file)
    if call.arguments.key_file is None:
        _say(call.words("Type the recovery key of sheet {sheet}:", sheet=header.sheet))
        typed = _typed()
    else:
        with faults():
            typed = call.arguments.key_file.read_text(encoding="utf-8-sig", errors="replace")
    done = bring_back(call.arguments.file, typed, call.home, find_services())
    date = format_date(local_date(done.header.made_ms), call.words.language, "full")
    said = [call.words("The desk is as it was in the backup of {date}.", date=date)]
    if done.kept_aside is not None:
        said.append(call.words("What was here before is kept in {folder}.", folder=done.kept_aside))
    call.out({"made_ms": done.header.made_ms, "kept_aside": done.kept_aside, "counts": done.header.counts}, said)
    return DONE


def _check(call: Call) -> int:
    from akimat_desk.store import Store
    from akimat_desk.store.check import check

    store = Store.open(call.home)
    try:
        report = check(store)
    finally:
        store.close()
    rows = sum(report.counts.values())
    if report.sound:
        lines = [call.words("All is well: tables {tables}, rows {rows}.", tables=len(report.counts), rows=rows)]
    else:
        lines = [
            call.words("The database on this PC is damaged. Nothing more is written to it."),
            *report.cipher,
            *report.structure,
            *report.references,
        ]
    call.out({"sound": report.sound, **asdict(report)}, lines)
    return DONE if report.sound else NOT_SOUND


def _export(call: Call) -> int:
    from akimat_desk.office.care import exported
    from akimat_desk.store import Store
    from akimat_desk.store.errors import DatabaseDamaged
    from akimat_desk.store.export import export, salvage

    try:
        store = Store.open(call.home)
    except DatabaseDamaged:
        done = salvage(call.home, call.arguments.folder)
    else:
        try:
            done = export(store, call.arguments.folder)
        finally:
            store.close()
    said = [call.words.say(sentence) for sentence in exported(done, str(done.folder))]
    call.out({"folder": done.folder, "counts": done.counts, "torn": list(done.torn)}, said)
    return IN_PART if done.torn else DONE


def _typed_key() -> RecoveryKey:
    from akimat_desk.store.recovery import RecoveryKey

    return RecoveryKey.read(_typed())


def _typed() -> str:
    # Shown while it is typed: 35 signs from paper are not typed blind, and the paper lies open anyway.
    return sys.stdin.readline()


def _say(line: str) -> None:
    # Questions go to standard error, so that what --json prints stays one value.
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
