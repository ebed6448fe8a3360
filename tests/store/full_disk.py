"""A desk on a disk that fills up; run as `python -m tests.store.full_disk tmpfs|limit DISK KEYS`.

tmpfs: a file system of 2 MB, mounted where we may (as root, or in a user namespace of our own); it gives the real "no
space left". limit, and where nothing may be mounted: no file may grow beyond a size. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.store import Store
from akimat_desk.store.backup import backup
from akimat_desk.store.check import check
from akimat_desk.store.recovery import RecoveryKey
from akimat_desk.store.restore import restore
from tests.store.notes import NOTES, add, texts

SIZE = 2 << 20
INSIDE = "AKIMAT_DESK_TEST_OWN_NAMESPACE"


def code_of(call: Callable[[], object]) -> str:
    try:
        call()
    except AkimatDeskError as error:
        return error.code
    return ""


def scene(disk: Path, keys: Path, make_room: Callable[[], object]) -> dict[str, object]:
    """Write until it fails, look, make room, go on."""
    home, key = Home(disk / "desk", keys), RecoveryKey.make()
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "0")
    backup(store, disk / "backup", key.seal)
    acknowledged, said = 1, ""
    while not said:
        said = code_of(partial(add, store, f"{acknowledged} {'x' * 9000}"))
        acknowledged += not said
    kept_while_full = len(texts(store))
    backup_while_full = code_of(lambda: backup(store, disk / "backup", key.seal))
    make_room()
    restored = Home(disk / "restored", keys.with_name("other-keys"))
    restore(disk / "backup", key.printed, restored)
    again = Store.open(restored, migrations=[NOTES])
    older_backup_whole = texts(again) == ["0"]
    again.close()
    add(store, "after")
    kept_after, sound = len(texts(store)), check(store).sound
    store.close()
    return {
        "said": [said],
        "acknowledged": acknowledged,
        "kept_while_full": kept_while_full,
        "backup_while_full": backup_while_full,
        "older_backup_whole": older_backup_whole,
        "kept_after": kept_after,
        "sound": sound,
    }


def limited(disk: Path, keys: Path) -> dict[str, object]:
    """No file may grow beyond half the size; Python itself ignores SIGXFSZ."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE // 2, hard))
    return scene(disk, keys, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard)))


def main() -> None:
    """See the module."""
    way, disk, keys = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    disk.mkdir(exist_ok=True)
    if way == "limit":
        sys.stdout.write(json.dumps(limited(disk, keys)))
        return
    options = ["-o", f"size={SIZE}", "none", str(disk)]
    if subprocess.run(["mount", "-t", "tmpfs", *options], capture_output=True, check=False).returncode == 0:
        try:
            bigger = ["mount", "-o", f"remount,size={SIZE * 8}", str(disk)]
            done = scene(disk, keys, lambda: subprocess.run(bigger, check=True))
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)
        sys.stdout.write(json.dumps(done))
    elif INSIDE not in os.environ:
        space = ["unshare", "--user", "--map-root-user", "--mount"]
        again = [*space, sys.executable, "-m", "tests.store.full_disk", *sys.argv[1:]]
        inner = subprocess.run(again, env={**os.environ, INSIDE: "1"}, capture_output=True, text=True, check=False)
        sys.stdout.write(inner.stdout if inner.returncode == 0 else json.dumps(limited(disk, keys)))
    else:
        raise SystemExit("nothing can be mounted here")


if __name__ == "__main__":
    main()
