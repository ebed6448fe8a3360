"""Keeping the worker small: limits of the operating system, and an end that takes its children along.

Linux: the worker lowers its own limits before it reads anything, and leads a process group that is killed as one.
Windows: the desk puts it into a Job Object (see `job_object`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from akimat_desk.documents import job_object
from akimat_desk.documents.errors import Crashed, DocumentError, TooHeavy
from akimat_desk.documents.limits import Limits

MEBIBYTE: Final = 1 << 20
_NICE: Final = 5
"""The screen goes first on a PC with two cores."""
_ENDING_SECONDS: Final = 2.0

_OUT_OF_MEMORY: Final = frozenset({-5, -6, -9, 0xC0000017, 0xE0000008})
"""How a worker without memory ends: pdfium aborts (SIGABRT, SIGTRAP), Linux kills (SIGKILL); on Windows it is
STATUS_NO_MEMORY or the exception of Chromium's allocator, which pdfium shares."""


class Process:
    """A running worker with its pipes."""

    def __init__(self, module: str, folder: Path, limits: Limits) -> None:
        """Start `python -m module` in `folder`. Raises OSError."""
        self.log = folder / "start.log"
        """What it writes to standard error until it is ready."""
        environment = {
            **os.environ,
            "PYTHONUTF8": "1",
            "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve address space, and there is nothing to multiply
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
        }
        with self.log.open("wb") as log:
            self._popen = subprocess.Popen(  # noqa: S603 - our own module
                [_python(environment), "-P", "-m", module],  # -P: the folder of files is no place to import from
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=folder,
                env=environment,
                start_new_session=sys.platform != "win32",
                creationflags=_creation_flags(),
            )
        self.input = cast(BinaryIO, self._popen.stdin)
        self.output = cast(BinaryIO, self._popen.stdout)
        self._guard = threading.Lock()
        self._over = False
        self._interrupted: type[DocumentError] | None = None
        if sys.platform == "win32":
            self._job = job_object.put_in_job(self._popen, limits)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return not self._over and self._popen.poll() is None

    def interrupt(self, why: type[DocumentError]) -> None:
        """Stop it from any thread. Its pipe breaks; the thread that waits for an answer then calls `end`."""
        with self._guard:
            if not self._over:
                self._interrupted = self._interrupted or why
                self._kill_all()

    def end(self) -> type[DocumentError]:
        """End it with its children, wait, close the pipes, and tell why it ended.

        Only the thread that speaks with it may call this.
        """
        code: int | None = None
        if not self._interrupted:
            try:  # a pipe breaks a moment before the process has ended
                code = self._popen.wait(timeout=_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                code = None
        with self._guard:
            if not self._over:
                self._over = True
                self._kill_all()
                self._popen.wait()
                if sys.platform == "win32":
                    job_object.close(self._job)
                for pipe in (self.input, self.output):
                    with suppress(OSError):  # bytes nobody reads any more
                        pipe.close()
        if self._interrupted:
            return self._interrupted
        return TooHeavy if code in _OUT_OF_MEMORY else Crashed

    def _kill_all(self) -> None:
        if sys.platform == "win32":
            job_object.terminate(self._job)
        else:
            with suppress(ProcessLookupError, PermissionError):  # gone already
                os.killpg(self._popen.pid, signal.SIGKILL)


def confine_this_process(limits: Limits) -> None:
    """Called by the worker before it reads a file."""
    if sys.platform == "win32":
        job_object.no_crash_window()
    else:
        import resource

        for name, megabytes in (
            (resource.RLIMIT_CORE, 0),  # a core file would hold the resident's document
            (resource.RLIMIT_FSIZE, limits.output_mb),
            (resource.RLIMIT_DATA, max(limits.memory_mb, limits.office_memory_mb)),
            (resource.RLIMIT_AS, limits.memory_mb),
        ):
            most = resource.getrlimit(name)[1]
            wanted = megabytes * MEBIBYTE if most == resource.RLIM_INFINITY else min(megabytes * MEBIBYTE, most)
            keeps_most = name == resource.RLIMIT_AS  # LibreOffice is given it back, see `office`
            resource.setrlimit(name, (wanted, most if keeps_most else wanted))
        os.nice(_NICE)


def end_with_children() -> None:
    """Called by the worker when the desk is gone: LibreOffice must not outlive it."""
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _python(environment: dict[str, str]) -> str:
    """This interpreter. A Windows venv's python.exe starts another process, which would slip out of the job."""
    if sys.platform == "win32":
        environment["__PYVENV_LAUNCHER__"] = sys.executable
        program = str(getattr(sys, "_base_executable", sys.executable))
    else:
        program = sys.executable
    return program


def _creation_flags() -> int:
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    else:
        flags = 0
    return flags
