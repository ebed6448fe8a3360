"""What can go wrong with the store, in our words, and how the library's errors become them.

SQLite's result codes are at https://www.sqlite.org/rescode.html. Whatever this module does not know (a broken unique
rule, say) goes up unchanged: it belongs to the caller.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from akimat_desk.base.errors import AkimatDeskError, Damaged, Misuse, Refused, Unavailable
from akimat_desk.base.words import N_


class NoDesk(Refused):
    """The data folder holds no database."""

    code = "no-desk"
    staff_text = N_("There is no desk in the folder {folder}.")
    next_text = N_("Set up a desk there, or restore a backup.")


class NewerFile(Refused):
    """The file was written by a later version of the program."""

    code = "newer-file"
    staff_text = N_("These data were written by a newer version of Akimat Desk. Nothing was changed.")
    next_text = N_("Update Akimat Desk on this PC, then open it again.")


class NotADesk(Refused):
    """The file is not ours: another program's database, or no database at all."""

    code = "not-a-desk"
    staff_text = N_("The file {file} is not a desk's database. Nothing was changed.")
    next_text = N_("Choose another folder, or restore a backup.")


class WrongKey(Refused):
    """The keys of this PC do not belong to the database."""

    code = "wrong-key"
    staff_text = N_(
        "The keys on this PC do not open the database {file}. It was copied from another PC, or the key was lost."
    )
    next_text = N_("Restore a backup with the printed recovery key.")


class NoKey(Refused):
    """A database lies there, but this PC has no key at all."""

    code = "no-key"
    staff_text = N_("This PC has no key for the database {file}.")
    next_text = N_("Restore a backup with the printed recovery key.")


class DeskInUse(Refused):
    """Another process of this PC has the database open."""

    code = "desk-in-use"
    staff_text = N_("Akimat Desk is still open on this PC.")
    next_text = N_("Close every Akimat Desk window on this PC and try again.")


class AlreadyRunning(Refused):
    """Somebody else holds a lock of which there is one a desk."""

    code = "already-running"
    staff_text = N_("Akimat Desk is already open on this PC.")
    next_text = N_("Use the window that is open.")


class OldSqlite(Unavailable):
    """The SQLite that was installed may damage data (the WAL-reset fault, mended in 3.51.3)."""

    code = "old-sqlite"
    staff_text = N_("The database library {found} is too old to keep data safely; {needed} is needed.")
    next_text = N_("Install Akimat Desk again from its own package.")


class DiskFull(Unavailable):
    """No room was left; what was being written is not there, everything before it is."""

    code = "disk-full"
    resident_text = N_("This PC has no free space. Nothing was saved; what was saved before is safe.")
    staff_text = N_("The disk is full. Nothing was saved; what was saved before is safe.")
    next_text = N_("Free some space on the disk, then do it again.")


class StorageFault(Unavailable):
    """The disk did not do what it was told; what was being written is not there."""

    code = "storage-fault"
    resident_text = N_("This PC could not save. What was saved before is safe.")
    staff_text = N_("The disk does not work as it should. Nothing was saved; what was saved before is safe.")
    next_text = N_("Save a backup to another disk, then have the disk checked.")


class Busy(Unavailable):
    """Another process held the database for longer than a person waits."""

    code = "store-busy"
    resident_text = N_("This PC is busy. Try again in a minute.")
    staff_text = N_("Another Akimat Desk on this PC is writing. Nothing was saved.")
    next_text = N_("Try again in a minute.")


class NoSuchFile(Refused):
    """A file or folder the person named is not there."""

    code = "no-such-file"
    staff_text = N_("There is no file or folder {file}.")
    next_text = N_("Check the name, and that the stick is in.")


class FileOrFolder(Refused):
    """A name stands for the other of the two."""

    code = "file-or-folder"
    staff_text = N_("{file} is a folder where a file is needed, or a file where a folder is needed.")
    next_text = N_("Choose another name.")


class NotAllowed(Refused):
    """The system does not let this user at a file."""

    code = "not-allowed"
    staff_text = N_("This user of the PC has no right to {file}.")
    next_text = N_("Choose another folder, or sign in to the PC as another user.")


class DatabaseDamaged(Damaged):
    """A page of the database is not what was written."""

    code = "database-damaged"
    resident_text = N_("This PC cannot save now. Tell staff this code: {code}.")
    staff_text = N_("The database on this PC is damaged. Nothing more is written to it.")
    next_text = N_("Export what can be read, then restore the last backup.")


class MigrationFailed(Damaged):
    """A change of the tables did not go through; all of it was undone."""

    code = "migration-failed"
    staff_text = N_("The data could not be brought to this version ({change}). Nothing was changed.")
    next_text = N_("Go back to the version before, and send this code to support.")


class StoreClosed(Misuse):
    """The store was used after `close`, or in a forked process."""

    code = "store-closed"
    staff_text = "The store was used after it was closed."


class NestedWrite(Misuse):
    """A write was begun inside a read or a write of the same thread."""

    code = "nested-write"
    staff_text = "A write was begun inside a {outer} of the same thread."


class WriteInRead(Misuse):
    """Something was written inside `Store.read`."""

    code = "write-in-read"
    staff_text = "Something was written inside Store.read."


_FAULTS: dict[int, type[AkimatDeskError]] = {
    5: Busy,  # SQLITE_BUSY
    6: Busy,  # SQLITE_LOCKED
    8: StorageFault,  # SQLITE_READONLY: the file or the medium is read-only
    10: StorageFault,  # SQLITE_IOERR
    11: DatabaseDamaged,  # SQLITE_CORRUPT, and what SQLCipher says when a page's HMAC does not fit
    13: DiskFull,  # SQLITE_FULL
    14: StorageFault,  # SQLITE_CANTOPEN
    26: DatabaseDamaged,  # SQLITE_NOTADB: page 1 does not decrypt, although the key is the right one
}
_NAMELESS: dict[str, int] = {
    # The driver's backup raises with sqlite3_errstr's text and no code.
    "database is locked": 5,
    "database table is locked": 6,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}


def sqlite_code(error: BaseException) -> int | None:
    """The primary SQLite result code of a library's error, None when it has none."""
    inner = getattr(error, "orig", error)  # peewee keeps the driver's own error there
    code = getattr(inner, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else _NAMELESS.get(str(inner))


@contextmanager
def database_faults() -> Iterator[None]:
    """Inside, SQLite's errors about the disk, the file and its locks come out as ours."""
    try:
        yield
    except AkimatDeskError:
        raise
    except Exception as error:
        kind = _FAULTS.get(sqlite_code(error) or 0)
        if kind is None:
            raise
        raise kind from error


@contextmanager
def faults() -> Iterator[None]:
    """`database_faults`, and the errors of plain files too. For our own file work, never round a caller's block."""
    try:
        with database_faults():
            yield
    except FileNotFoundError as error:
        raise NoSuchFile(file=error.filename) from error
    except (NotADirectoryError, IsADirectoryError, FileExistsError) as error:
        raise FileOrFolder(file=error.filename) from error
    except PermissionError as error:
        raise NotAllowed(file=error.filename) from error
    except OSError as error:
        raise DiskFull if error.errno in _FULL else StorageFault from error
