"""The board in a window of its own, at any PC: beside the desk's window, or alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.ui.window import Window

SMALL: Final = (1366, 768)


def show_board(desk: Desk, *, full: bool) -> None:
    """Open the board and come back when it is closed (Escape, or the window's own cross). Raises `NoScreen`."""
    from akimat_desk.sync.watch import Watch

    window = board_window(desk, full=full)

    def came(areas: frozenset[str]) -> None:
        topics = frozenset(each if each == "*" or "." in each else f"{each}.*" for each in areas)
        window.operations.post(lambda: window.publish(topics))

    watch = Watch(desk.store, came)
    watch.start()
    try:
        window.run()
    finally:
        watch.stop()


def board_window(desk: Desk, *, full: bool) -> Window:
    """The window with the board in it, not yet running."""
    from akimat_desk.ui.frames.board import BoardFrame
    from akimat_desk.ui.window import Window
    from meetings.day.screens.enter import the_board

    window: Window = Window(
        desk.words,
        {"board": BoardFrame()},
        lambda: the_board(desk, lambda: window.close()),
        size=None if full else SMALL,
        clock=desk.clock,
        on_close=lambda: window.close(),
    )
    return window
