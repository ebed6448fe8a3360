"""A Windows Job Object by ctypes: it bounds the memory of the worker and its children, and ends them with the desk.

Names and layout are those of winnt.h for x64. Written from Microsoft's documentation and **not run on Windows yet**:
the tests check the layout and the limits, not the calls.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import Final

from akimat_desk.documents.limits import Limits


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, 144 bytes."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


PROCESS_MEMORY: Final = 0x00000100
DIE_ON_EXCEPTION: Final = 0x00000400
KILL_ON_CLOSE: Final = 0x00002000
_EXTENDED_LIMIT_INFORMATION: Final = 9
_NO_WINDOWS: Final = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX."""


def job_limits(limits: Limits) -> ExtendedLimits:
    """What the job allows each process: its memory, a quiet end, and no life after the desk's."""
    wanted = ExtendedLimits()
    wanted.basic.limit_flags = PROCESS_MEMORY | DIE_ON_EXCEPTION | KILL_ON_CLOSE
    wanted.process_memory = limits.memory_mb << 20
    return wanted


if sys.platform == "win32":

    def put_in_job(popen: subprocess.Popen[bytes], limits: Limits) -> int:
        """A new job with `popen` in it; the handle. Raises OSError, and then the process is gone."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        wanted = job_limits(limits)
        done = (
            job.value
            and kernel.SetInformationJobObject(
                job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(wanted), ctypes.sizeof(wanted)
            )
            and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(vars(popen)["_handle"]))
        )
        if not done:
            why = ctypes.WinError(ctypes.get_last_error())
            popen.kill()
            raise why
        return int(job.value or 0)

    def terminate(job: int) -> None:
        """End every process of the job."""
        ctypes.windll.kernel32.TerminateJobObject(ctypes.c_void_p(job), 1)

    def close(job: int) -> None:
        """Give the handle back."""
        ctypes.windll.kernel32.CloseHandle(ctypes.c_void_p(job))

    def no_crash_window() -> None:
        """A crash of this process must not wait at a window that nobody sees."""
        ctypes.windll.kernel32.SetErrorMode(_NO_WINDOWS)
