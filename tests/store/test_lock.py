"""Locks: one holder, whichever process; given back by the system when the holder is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.store.errors import AlreadyRunning, Busy
from akimat_desk.store.lock import DeskLock, FileLock, Turn

HOLDER = """
import sys
from pathlib import Path
from akimat_desk.base.paths import Home
from akimat_desk.store.lock import DeskLock
lock = DeskLock(Home(Path(sys.argv[1]), Path(sys.argv[2])), "keeper")
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_of_a_name_there_is_one_holder(home: Home) -> None:
    first, second, other = DeskLock(home, "keeper"), DeskLock(home, "keeper"), DeskLock(home, "window")
    assert first.acquire()
    assert not second.acquire()
    assert other.acquire()
    with pytest.raises(AlreadyRunning):
        second.__enter__()
    first.release()
    with second:
        assert not first.acquire()
    assert first.acquire()
    first.release()
    other.release()


def test_a_killed_process_gives_its_lock_back(home: Home) -> None:
    command = [sys.executable, "-c", HOLDER, str(home.data), str(home.keys)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        mine = DeskLock(home, "keeper")
        assert not mine.acquire()
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert mine.acquire()
    mine.release()


def test_sharers_share_and_keep_the_excluder_out(home: Home) -> None:
    file = home.data / "thing"
    one, two, alone = FileLock(file, shared=True), FileLock(file, shared=True), FileLock(file)
    assert one.acquire()
    assert two.acquire()
    assert not alone.acquire()
    one.release()
    two.release()
    assert alone.acquire()
    assert not one.acquire(0.01)
    alone.release()


def test_a_turn_can_be_taken_again_by_its_thread_and_by_no_other(home: Home) -> None:
    turn, other = Turn(home.data / "turn"), Turn(home.data / "turn")
    said: list[type[BaseException]] = []

    def want(which: Turn) -> None:
        try:
            with which.taken(0.01):
                pass
        except Busy as error:
            said.append(type(error))

    with turn.taken(1), turn.taken(1):
        for which in (turn, other):
            thread = threading.Thread(target=want, args=(which,))
            thread.start()
            thread.join()
    assert said == [Busy, Busy]
    want(other)
    assert said == [Busy, Busy]
