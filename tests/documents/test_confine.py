"""The Windows side of the worker's limits, as far as it can be looked at from elsewhere: layout and flags."""

from __future__ import annotations

import ctypes

from akimat_desk.documents.job_object import ExtendedLimits, job_limits
from akimat_desk.documents.limits import Limits


def test_the_structure_is_laid_out_as_windows_wants_it() -> None:
    assert ctypes.sizeof(ExtendedLimits) == 144
    offsets = {name: getattr(ExtendedLimits, name).offset for name, _ in ExtendedLimits._fields_}
    assert offsets == {
        "basic": 0,
        "io_counters": 64,
        "process_memory": 112,
        "job_memory": 120,
        "peak_process_memory": 128,
        "peak_job_memory": 136,
    }


def test_the_job_bounds_memory_and_ends_with_the_desk() -> None:
    wanted = job_limits(Limits(memory_mb=300))
    assert wanted.process_memory == 300 * 1024 * 1024
    assert wanted.basic.limit_flags == 0x2500  # process memory, die on unhandled exception, kill on job close
