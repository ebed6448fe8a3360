"""`akimat-desk journal`: is it whole, what stands in it, and the tables made anew from it.

`verify`, `show` and `prove` open the database alone: they look at the journal as it lies there, and change nothing.
`check-proof` needs no desk at all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.clock import local
from akimat_desk.base.words import N_
from akimat_desk.service import Call

if TYPE_CHECKING:
    from akimat_desk.store import Database

DONE: Final = 0
NOT_WHOLE: Final = 1

SENTENCES: Final[Mapping[str, str]] = {
    "changed": N_("Entry {place} was changed after it was written."),
    "missing": N_("Entry {place} is missing."),
    "misplaced": N_("Entry {place} belongs to another place."),
    "forged": N_("Entry {place} is not signed by its device."),
    "unsigned": N_("Entry {place} and those before it carry no signature."),
    "index": N_("Entry {place} is listed as something else than it is."),
    "personal": N_("The personal part of entry {place} is not the one that belongs to it."),
    "introduction": N_("The chain of entry {place} does not begin with its device's key."),
    "head": N_("The journal says that entry {place} is the last one, and it is not."),
    "cut": N_("Entry {place} was there before; the end of the journal was cut off."),
    "other": N_("Entry {place} was another one before."),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `journal` on `parser`."""
    subcommands = parser.add_subparsers(dest="journal_command", required=True, metavar="COMMAND")
    verify = subcommands.add_parser(
        "verify",
        help=N_("Prove every entry of the journal."),
        description=N_("Exit code 0 if the journal is whole, 1 if not. Nothing is changed."),
    )
    verify.set_defaults(needs_village=False)
    show = subcommands.add_parser(
        "show",
        help=N_("Show the last entries, without personal parts."),
        description=N_("Nothing is changed."),
    )
    show.add_argument("--last", type=int, default=20, metavar="N", help=N_("How many entries; otherwise 20."))
    show.set_defaults(needs_village=False)
    prove = subcommands.add_parser(
        "prove",
        help=N_("Write the proof of one entry, to be shown to anyone."),
        description=N_("It shows this entry and no other; with check-proof it is checked on any PC."),
    )
    prove.add_argument("entry", metavar="ENTRY", help=N_("The entry's number, or its place as show prints it."))
    prove.add_argument("--file", type=Path, metavar="FILE", help=N_("Where to write it; otherwise it is printed."))
    prove.add_argument("--personal", action="store_true", help=N_("With the personal part, if this PC holds it."))
    prove.set_defaults(needs_village=False)
    check = subcommands.add_parser(
        "check-proof",
        help=N_("Check the proof of an entry; no desk is needed."),
        description=N_("Exit code 0 if the proof holds, 1 if not."),
    )
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(needs_village=False)
    subcommands.add_parser("replay", help=N_("Make all tables anew from the journal."))


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    return {"verify": _verify, "show": _show, "prove": _prove, "check-proof": _check_proof, "replay": _replay}[
        call.arguments.journal_command
    ](call)


def _verify(call: Call) -> int:
    from akimat_desk.journal.forks import forks
    from akimat_desk.journal.mark import read_mark
    from akimat_desk.journal.parked import waiting
    from akimat_desk.journal.tables import heads
    from akimat_desk.journal.verify import verify

    mark = read_mark(call.home)
    with _database(call) as db:
        found = verify(db, mark.head if mark else None, progress=tell)
        chains = heads(db.connection())
        kept, waits = forks(db), waiting(db)
    value = {
        "whole": not found,
        "entries": sum(head.seq for head in chains),
        "chains": [{"device": head.device, "epoch": head.epoch, "seq": head.seq} for head in chains],
        "findings": [_fields(one) for one in found],
        "forks": [_fields(one) for one in kept],
        "waiting": [_fields(one) for one in waits],
    }
    lines = [call.words(SENTENCES[one.what], place=_place(one.device, one.epoch, one.seq)) for one in found] or [
        call.words("The journal is whole: devices {chains}, entries {n}.", chains=len(chains), n=value["entries"])
    ]
    if kept:
        lines.append(
            call.words("Histories kept beside the journal because a PC was set back or copied: {n}.", n=len(kept))
        )
    if waits:
        lines.append(call.words("Entries that wait for others or for a newer version: {n}.", n=len(waits)))
    call.out(value, lines)
    return NOT_WHOLE if found else DONE


def _show(call: Call) -> int:
    from akimat_desk.journal.entry import read_header

    with _database(call) as db:
        rows = db.execute_sql(
            "SELECT bytes, doubtful FROM journal_entry ORDER BY arrival DESC LIMIT ?", (max(0, call.arguments.last),)
        ).fetchall()
    entries = [
        {
            **_entry_of(data),
            "clock_doubtful": bool(doubtful),
            "has_personal_part": read_header(data).personal is not None,
        }
        for data, doubtful in reversed(rows)
    ]
    call.out(entries, [_line(entry) for entry in entries])
    return DONE


def _prove(call: Call) -> int:
    from akimat_desk.journal.proof import entry_at, prove, write_proof
    from akimat_desk.store.durable import write_file
    from akimat_desk.store.errors import faults

    with _database(call) as db:
        proof = prove(db, entry_at(db, call.arguments.entry), with_personal=call.arguments.personal)
    text = write_proof(proof)
    file: Path | None = call.arguments.file
    if file is None:
        sys.stdout.write(text.decode("ascii"))  # the same with --json: a proof is one JSON value
        return DONE
    with faults():
        write_file(file, text)
    value = {"file": str(file), **_entry_of(proof.entry)}
    lines = [call.words("The proof is in {file}. Anyone can check it.", file=file)]
    if proof.personal is not None:
        lines.append(call.words("It holds the personal part. Give it only to whom it concerns."))
    call.out(value, lines)
    return DONE


def _check_proof(call: Call) -> int:
    from akimat_desk.journal.proof import MAX_FILE, NotAProof, read_proof
    from akimat_desk.store.errors import faults

    with faults(), call.arguments.file.open("rb") as stream:
        text = stream.read(MAX_FILE + 1)
    if len(text) > MAX_FILE:
        raise NotAProof
    proof = read_proof(text)
    holds, entry = proof.holds(), _entry_of(proof.entry)
    value = {
        "holds": holds,
        "key_is_the_devices": proof.key_is_the_devices,
        "public_key": proof.public_key.hex(),
        **entry,
        "personal": None if proof.personal is None else _readable(proof.personal.data),
    }
    if holds:
        key = proof.public_key.hex() if not proof.key_is_the_devices else entry["device"]
        lines = [
            call.words("The proof holds: the PC named here wrote exactly this entry."),
            _line(entry),
            *([] if proof.personal is None else [_words(value["personal"])]),
            call.words("Whether it is the village's PC, the list of its PCs tells: {key}.", key=key),
        ]
    else:
        lines = [call.words("The proof does not hold. The entry, or what proves it, was changed.")]
    call.out(value, lines)
    return DONE if holds else NOT_WHOLE


def _entry_of(data: bytes) -> dict[str, Any]:
    """What an entry says, for people to read."""
    from akimat_desk.journal.entry import read_header
    from akimat_desk.journal.hlc import ms_of

    header = read_header(data)
    return {
        "id": header.id.hex(),
        "device": header.device.hex(),
        "epoch": header.epoch,
        "seq": header.seq,
        "at": local(ms_of(header.at)).isoformat(timespec="seconds"),
        "kind": header.kind,
        "version": header.version,
        "facts": _readable(bytes(header.facts)),
    }


def _readable(data: bytes) -> dict[str, Any]:
    """A msgpack map as JSON shows it; empty where a stranger wrote something else."""
    import msgspec

    try:
        found: dict[str, Any] = msgspec.json.decode(
            msgspec.json.encode(msgspec.msgpack.decode(data, type=dict[str, Any]))
        )
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError, RecursionError):
        return {}
    return found


def _words(said: Mapping[str, Any]) -> str:
    """Names and values in a line; a letter that would steer the terminal is spelled out."""
    import json

    shown = (f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in said.items())
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in " ".join(shown))


def _replay(call: Call) -> int:
    assert call.desk is not None
    before = call.desk.journal.table_hashes()
    entries = call.desk.journal.replay(tell)
    after = call.desk.journal.table_hashes()
    changed = sorted(table for table in after if after[table] != before.get(table))
    lines = [call.words("All tables were made anew from the journal. Entries: {n}.", n=entries)]
    if changed:
        lines.append(call.words("These tables were not what the journal says: {tables}.", tables=", ".join(changed)))
    call.out({"entries": entries, "changed": changed}, lines)
    return DONE


@contextmanager
def _database(call: Call) -> Iterator[Database]:
    from akimat_desk.journal import MIGRATIONS
    from akimat_desk.store import Store

    store = Store.open(call.home, migrations=MIGRATIONS)
    try:
        with store.read() as db:
            yield db
    finally:
        store.close()


def tell(done: int, total: int) -> None:
    """How far it is, where a person watches."""
    if total and sys.stderr.isatty():
        sys.stderr.write(f"\r{100 * done // total} %{'' if done < total else chr(10)}")
        sys.stderr.flush()


def _fields(value: Any) -> dict[str, Any]:
    import msgspec

    return msgspec.structs.asdict(value)


def _place(device: str, epoch: int, seq: int) -> str:
    return f"{device[:8]}/{epoch}/{seq}"


def _line(entry: Mapping[str, Any]) -> str:
    place = _place(entry["device"], entry["epoch"], entry["seq"])
    return f"{entry['at']}  {place}  {entry['kind']}  {_words(entry['facts'])}".rstrip()
