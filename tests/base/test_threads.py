"""The guard of the screen's thread."""

from __future__ import annotations

import threading

import pytest

from akimat_desk.base.threads import BlocksScreen, must_not_block, screen_thread


def test_anywhere_else_a_slow_call_is_fine() -> None:
    must_not_block("store.write")


def test_on_the_screens_thread_a_slow_call_is_an_error_that_names_it() -> None:
    with screen_thread(), pytest.raises(BlocksScreen, match=r"store\.write"):
        must_not_block("store.write")


def test_other_threads_may_block_while_a_window_is_open() -> None:
    errors: list[BaseException] = []

    def work() -> None:
        try:
            must_not_block("store.write")
        except BaseException as error:
            errors.append(error)

    with screen_thread():
        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
    assert errors == []


def test_the_guard_ends_with_the_window_even_after_an_error() -> None:
    with pytest.raises(RuntimeError, match="closed"), screen_thread():
        raise RuntimeError("closed")
    must_not_block("store.write")


def test_a_window_inside_a_window_gives_the_thread_back() -> None:
    with screen_thread():
        with screen_thread():
            pass
        with pytest.raises(BlocksScreen):
            must_not_block("files.read")
