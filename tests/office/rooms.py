"""A second PC that has really joined the village's room: by the code, over the loopback, as people do it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from akimat_desk.base.paths import Home
from akimat_desk.journal.devices import Use
from akimat_desk.office import room
from akimat_desk.service import Desk
from akimat_desk.shell.opening import open_desk
from akimat_desk.sync.room import Room

LOOPBACK = "127.0.0.1"
PATIENCE_S = 30.0


def wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


@contextmanager
def switched_on(desk: Desk, use: Use) -> Iterator[Room]:
    """The PC takes part in the room until the block ends."""
    part = Room(
        desk.journal,
        use,
        describe=lambda: room.presence(desk),
        listen=LOOPBACK,
        port=0,
        services=room.service_answers(desk),
        marks=room.live_marks(desk.services),
    )
    part.start()
    try:
        yield part
    finally:
        part.stop()


@contextmanager
def joined(main: Desk, folder: Path, use: Use = "kiosk", seat: int = 2) -> Iterator[Desk]:
    """Another PC, let in at `main`; both are switched off again."""
    home = Home(folder / "desk", folder / "keys").ensure()
    with ExitStack() as stack:
        desk = stack.enter_context(
            open_desk(home, clock=main.clock, words=main.words, services=main.services, create=True)
        )
        with switched_on(main, "desk") as part:
            code = room.give_code(main, use, seat).code
            wait(lambda: part.port != 0)
            address = f"{LOOPBACK}:{part.port}"
            room.join(desk.journal, address, code)
            with switched_on(desk, use):
                wait(lambda: desk.journal.device in {pc.device for pc in room.room_view(main).pcs if pc.presence})
        yield desk
