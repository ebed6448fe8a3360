"""A desk that fetches a file and dies in the middle: no flush, no goodbye.

fetch_child.py DATA KEYS HOST_DATA HOST_KEYS HASH SIZE CALLS
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.files import MIGRATIONS, FileStore, Ref
from akimat_desk.files.sealed import BLOCK
from akimat_desk.store import Store
from akimat_desk.sync.pace import Pace
from akimat_desk.sync.transfer import answer, fetch


def main() -> None:
    data, keys, host_data, host_keys, hash, size, calls = sys.argv[1:]
    desk, host = (
        FileStore(Store.open(Home(Path(one), Path(two)), migrations=MIGRATIONS), SystemClock(), spare=0)
        for one, two in ((data, keys), (host_data, host_keys))
    )
    left = iter(range(int(calls)))

    def ask(request: bytes) -> bytes:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(host, request, "room")

    ticks = iter(range(10**6))
    pace = Pace(least=BLOCK, first=BLOCK, most=BLOCK)
    fetch(ask, desk, [Ref(bytes.fromhex(hash), int(size))], pace=pace, monotonic=lambda: float(next(ticks)))


if __name__ == "__main__":
    main()
