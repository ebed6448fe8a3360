"""What can go wrong with a kept file."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from akimat_desk.base.errors import AkimatDeskError, Damaged, Unavailable
from akimat_desk.base.words import N_
from akimat_desk.store.errors import faults

_FULL: Final = {errno.ENOSPC, errno.EFBIG, *([errno.EDQUOT] if hasattr(errno, "EDQUOT") else [])}


class FileNotHere(Unavailable):
    """An entry names the file; it has not come yet."""

    code = "file-not-here"
    resident_text = N_("This file has not come to this computer yet. Try again later.")
    staff_text = N_("This file is not on this PC yet. It comes by itself from the other PCs of the room.")
    next_text = N_("Try again later.")


class FileDamaged(Damaged):
    """What lies on the disk is not what was written."""

    code = "kept-file-damaged"
    resident_text = N_("This file has not come to this computer yet. Try again later.")
    staff_text = N_("A file on this PC is damaged. It comes again by itself, if another PC has it.")
    next_text = N_("Have the disk checked.")


class FilesFull(Unavailable):
    """The disk has no room for the file and what else a PC needs."""

    code = "files-full"
    resident_text = N_("This PC has no free space. Nothing was saved; what was saved before is safe.")
    staff_text = N_("There is too little free space on the disk for this file.")
    next_text = N_("Free some space on the disk, then do it again.")


class WrongContent(Damaged):
    """What came is not what its name, the hash, says."""

    code = "file-wrong"
    staff_text = N_("What another PC sent is not the file that was asked for. It was thrown away.")
    next_text = N_("Look at the other PC: its disk may be damaged.")


@contextmanager
def disk_faults() -> Iterator[None]:
    """Inside, a full disk is `FilesFull`."""
    try:
        with faults():
            yield
    except AkimatDeskError as why:
        if isinstance(why.__cause__, OSError) and why.__cause__.errno in _FULL:
            raise FilesFull from why
        raise
