"""Office's lines of `akimat-desk doctor` and of the overview of this PC: what everything else stands on.

Each says what was looked at, and no more. Without a desk, what needs one is "off".
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.clock import SystemClock, local
from akimat_desk.base.locale import format_date, format_number
from akimat_desk.base.words import N_, Sentence
from akimat_desk.office.rules import OVERDUE_DAYS, days_between
from akimat_desk.service import Desk, Finding

if TYPE_CHECKING:
    from akimat_desk.base.words import Language

NO_DESK: Final = Finding("off", N_("This is looked at once the desk is set up."))

MB: Final = 1_000_000
GB: Final = 1000 * MB
LITTLE: Final = GB
"""Free bytes under which there is soon no room: documents of residents, three backups' work files."""
TOO_LITTLE: Final = 100 * MB

SHORT_JOURNAL: Final = 2000
"""Up to so many entries all of them are proved, in about a tenth of a second; longer journals at their end only."""
NIGHTS_MISSED: Final = 2
EARLIEST_YEAR: Final = 2026
LATEST_YEAR: Final = 2040
BEHIND_MS: Final = 10 * 60 * 1000
KAZAKH: Final = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё₸№«»—"


def database(desk: Desk | None) -> Finding:
    """Read every page in use, and say which SQLite reads them."""
    if desk is None:
        return NO_DESK
    desk.store.quick_check()
    with desk.store.read() as db:
        (version,) = db.execute_sql("SELECT sqlite_version()").fetchone()
    size = _megabytes(desk.home.database.stat().st_size, desk.words.language)
    return Finding(
        "works",
        N_("Every page can be read: {size} MB, encrypted. SQLite {version}."),
        values=(("size", size), ("version", str(version))),
    )


def journal(desk: Desk | None) -> Finding:
    """A short journal is proved entry by entry; of a long one, that its end is the one this PC remembers."""
    from akimat_desk.journal.forks import forks
    from akimat_desk.journal.mark import read_mark
    from akimat_desk.journal.parked import waiting
    from akimat_desk.journal.tables import hash_at, heads
    from akimat_desk.journal.verify import verify

    if desk is None:
        return NO_DESK
    mark = read_mark(desk.home)
    with desk.store.read() as db:
        entries = sum(head.seq for head in heads(db.connection()))
        short = entries <= SHORT_JOURNAL
        if short:
            whole = not verify(db, mark.head if mark else None)
        else:
            head = mark.head if mark else None
            whole = head is None or hash_at(db.connection(), head.device, head.epoch, head.seq) == head.hash
        divided, parked = len(forks(db)), len(waiting(db))
    values = (("n", str(entries)), ("divided", str(divided)), ("parked", str(parked)))
    if not whole:
        text = N_("The journal is not as it was written.")
        return Finding("broken", text, N_("Give the command `akimat-desk journal verify` and tell support."))
    if divided:
        text = N_("Histories kept beside the journal because a PC was set back or copied: {divided}.")
        return Finding("attention", text, N_("The administrator decides which is right."), values)
    if parked:
        text = N_("Entries that wait for others or for a newer version: {parked}.")
        return Finding("attention", text, N_("Update Akimat Desk on all PCs of the room."), values)
    proved = N_("Every entry was proved: {n}.") if short else N_("The end is the one this PC wrote. Entries: {n}.")
    return Finding("works", proved, values=values)


def backup(desk: Desk | None) -> Finding:
    """How old the last copy away from this PC is."""
    from akimat_desk.office.backups import last_copy
    from akimat_desk.store.recovery import NoRecoveryKey, kept_seal

    if desk is None:
        return NO_DESK
    if kept_seal(desk.home) is None:
        return Finding("attention", NoRecoveryKey.staff_text, NoRecoveryKey.next_text)
    copy = last_copy(desk.store)
    if copy is None:
        todo = N_("Plug in the USB stick and press “Save a copy”.")
        return Finding("attention", N_("No copy was saved away from this PC yet."), todo)
    days = days_between(copy.made_ms, desk.clock.now_ms())
    if days > OVERDUE_DAYS:
        text = N_("Days since the last backup: {n}. Plug in the USB stick and press “Save a copy”.")
        return Finding("attention", text, values=(("n", str(days)),))
    date = format_date(local(copy.made_ms), desk.words.language)
    values = (("date", date), ("sheet", copy.sheet))
    return Finding("works", N_("The last copy was saved on {date}. Sheet {sheet} opens it."), values=values)


def nightly(desk: Desk | None) -> Finding:
    """Whether the keeper makes its backup every night."""
    from akimat_desk.office.backups import standing

    if desk is None:
        return NO_DESK
    stands = standing(desk.store)
    if not stands.sheet:
        return Finding("off", N_("They begin when there is a recovery key."))
    if not stands.nightly:
        return Finding("off", N_("None was made yet. The first one is made within an hour."))
    newest = stands.nightly[0].made.made_ms
    date = format_date(local(newest), desk.words.language)
    values = (("date", date), ("n", str(len(stands.nightly))))
    if days_between(newest, desk.clock.now_ms()) > NIGHTS_MISSED:
        text = N_("The last one on this PC is of {date}.")
        return Finding("attention", text, N_("Look whether the disk is full, and leave this PC on."), values)
    return Finding("works", N_("The last one on this PC is of {date}. Kept: {n}."), values=values)


def disk(desk: Desk | None) -> Finding:
    """How much room there is where the data lie. A backup needs three times the database for a while."""
    if desk is None:
        return NO_DESK
    free = shutil.disk_usage(desk.home.data).free
    size = desk.home.database.stat().st_size
    values = (("free", format_number(free // (GB // 10) / 10, desk.words.language)),)
    todo = N_("Free some space on the disk.")
    if free < max(TOO_LITTLE, 2 * size):
        return Finding("broken", N_("The disk is nearly full. Free: {free} GB."), todo, values)
    if free < max(LITTLE, 4 * size):
        return Finding("attention", N_("The disk is getting full. Free: {free} GB."), todo, values)
    return Finding("works", N_("Free: {free} GB."), values=values)


def fonts(desk: Desk | None) -> Finding:
    """Whether the faces shipped with the program are there and have every letter that is needed."""
    from akimat_desk.papers.typefaces import lacking

    again = N_("Install Akimat Desk again from its own package.")
    try:
        missing = "".join(dict.fromkeys(lacking(KAZAKH) + lacking(KAZAKH, bold=True)))
    except Exception:  # reportlab has many ways to say that a file is not there, or is no font
        return Finding("broken", N_("The program's own font is not there."), again)
    if missing:
        return Finding(
            "broken", N_("The program's font lacks these letters: {letters}"), again, (("letters", missing),)
        )
    return Finding("works", N_("Noto Sans is there, with every Kazakh letter."))


def keys(desk: Desk | None) -> Finding:
    """Whether the keys lie outside the data folder, where a copied folder does not take them along, with the mark."""
    from akimat_desk.journal.mark import read_mark

    if desk is None:
        return NO_DESK
    if desk.home.keys.is_relative_to(desk.home.data):
        text = N_("The keys lie inside the data folder: whoever copies it has both.")
        return Finding("attention", text, N_("Set AKIMAT_DESK_KEYS to a folder elsewhere and restore a backup."))
    if read_mark(desk.home) is None:
        text = N_("The mark of this PC's journal cannot be read.")
        return Finding("attention", text, N_("It is written again with the next entry. Nothing is lost."))
    return Finding("works", N_("The keys and the journal's mark lie apart from the data."))


def exchange(desk: Desk | None) -> Finding:
    """Whether this PC and the others of the room hear of each other, and since when not."""
    from akimat_desk.office.exchange import exchanging
    from akimat_desk.office.room import room_view

    if desk is None:
        return NO_DESK
    now = exchanging(room_view(desk), desk.clock.now_ms())
    values = tuple(
        (name, desk.words.say(value) if isinstance(value, Sentence) else str(value))
        for name, value in (*now.text.values.items(), *now.todo.values.items())
    )
    state: Literal["works", "attention", "off"] = "off" if now.alone else "works" if now.good else "attention"
    return Finding(state, now.text.msgid, now.todo.msgid, values)


def clock(desk: Desk | None) -> Finding:
    """Whether the PC's clock says a time that can be."""
    from akimat_desk.journal.hlc import ms_of
    from akimat_desk.journal.tables import here

    now = (desk.clock if desk is not None else SystemClock()).now_ms()
    moment = local(now)
    todo = N_("Set the date and the time of this PC.")
    values = (("moment", f"{moment:%d.%m.%Y %H:%M}"),)
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return Finding("attention", N_("The clock of this PC says {moment}, which cannot be."), todo, values)
    if desk is not None:
        with desk.store.read() as db:
            last = ms_of(here(db.connection()).at)
        if now < last - BEHIND_MS:
            both = (*values, ("last", f"{local(last):%d.%m.%Y %H:%M}"))
            text = N_("The clock of this PC says {moment}, but its last entry is of {last}.")
            return Finding("attention", text, todo, both)
    return Finding("works", N_("The clock of this PC says {moment}."), values=values)


def _megabytes(size: int, language: Language) -> str:
    return format_number(-(-size // MB), language)
