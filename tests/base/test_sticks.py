"""Which sticks are in."""

from __future__ import annotations

from pathlib import Path

from akimat_desk.base.sticks import Stick, sticks

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "/dev/sdb1 /media/aigul/MY\\040STICK vfat rw 0 0\n"
    "/dev/sdc1 /run/media/aigul/Құжаттар vfat rw 0 0\n"
    "tmpfs /media tmpfs rw 0 0\n"
    "broken\n"
)


def test_what_desktops_mount_is_a_stick_by_its_label(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text(MOUNTS, encoding="utf-8")
    assert sticks(table) == (
        Stick("MY STICK", Path("/media/aigul/MY STICK")),
        Stick("Құжаттар", Path("/run/media/aigul/Құжаттар")),
    )


def test_a_system_that_lists_no_mounts_has_no_sticks(tmp_path: Path) -> None:
    assert sticks(tmp_path / "nothing") == ()
