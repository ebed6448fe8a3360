"""The main PC's answer is lost on the way, over the PCs' real link: the person has one visit all the same."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from akimat_desk.service import Desk
from akimat_desk.sync import state
from meetings.visits import records, room
from meetings.visits.records import Visit
from tests.meetings.visits.conftest import DECEMBER, asking, known, linked
from tests.office.rooms import LOOPBACK, switched_on, wait


class Cable:
    """A line to `port` on which the first `cuts` answers are lost: what is asked arrives, and when `heard` holds at the
    other end the line breaks.
    """

    def __init__(self, port: int, cuts: int, heard: Callable[[], bool]) -> None:
        self._port, self._cuts, self._heard = port, cuts, heard
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._threads:
            one.join()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                cut, self._cuts = self._cuts > 0, self._cuts - 1
                self._threads.append(threading.Thread(target=self._serve, args=(near, cut)))
                self._threads[-1].start()

    def _serve(self, near: socket.socket, cut: bool) -> None:
        far = socket.create_connection((LOOPBACK, self._port))
        asked = threading.Event()  # the handshake's second flight, and the question behind it

        def back() -> None:
            with suppress(OSError):
                while data := far.recv(65536):
                    if not (cut and asked.is_set()):
                        near.sendall(data)
                near.shutdown(socket.SHUT_RDWR)

        def there() -> None:
            with suppress(OSError):
                for flight, data in enumerate(iter(lambda: near.recv(65536), b"")):
                    if flight:
                        asked.set()
                    far.sendall(data)
                far.shutdown(socket.SHUT_WR)

        ways = [threading.Thread(target=way) for way in (back, there)]
        for way in ways:
            way.start()
        if cut and asked.wait(20):
            wait(self._heard)
            for end in (near, far):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        for way in ways:
            way.join()
        near.close()
        far.close()


@contextmanager
def losing(main: Desk, kiosk: Desk, cuts: int, heard: Callable[[], bool]) -> Iterator[None]:
    """The main PC is on, and the way to it loses answers."""
    with linked(main, kiosk):
        pass
    with switched_on(main, "desk") as part:
        wait(lambda: part.port != 0)
        cable = Cable(part.port, cuts, heard)
        with kiosk.store.write() as db:
            state.type_address(db, f"{LOOPBACK}:{cable.port}", 1)
        try:
            yield
        finally:
            cable.close()


def everybody(desk: Desk) -> list[Visit]:
    with desk.store.read() as db:
        return list(records.visits_of_day(db, DECEMBER))


def test_asked_again_the_main_pc_gives_the_same_ticket(open_room: Desk, kiosk: Desk) -> None:
    with losing(open_room, kiosk, 1, lambda: bool(everybody(open_room))):
        ticket = room.book(kiosk, asking(open_room, 600)).ticket
    (one,) = everybody(open_room)
    assert (one.id, one.number, one.state) == (ticket.visit.id, ticket.visit.number, "standing")
    assert everybody(kiosk) == []  # it comes with the next exchange
    assert room.look_up(open_room, ticket.visit.number, ticket.secret).visit.id == one.id


def test_never_heard_it_is_one_visit_with_the_number_on_the_paper(open_room: Desk, kiosk: Desk) -> None:
    with losing(open_room, kiosk, 2, lambda: bool(everybody(open_room))):
        ticket = room.book(kiosk, asking(open_room, 600)).ticket
    (at_main,) = everybody(open_room)
    assert (at_main.id, ticket.visit.state) == (ticket.visit.id, "requested")
    assert at_main.number != ticket.visit.number
    with linked(open_room, kiosk):
        wait(lambda: (one := known(kiosk, ticket.visit)) is not None and (one.state, one.name) == ("standing", ""))
        wait(lambda: [one.number for one in everybody(open_room)] == [ticket.visit.number])
    for pc in (open_room, kiosk):
        assert [(one.number, one.state, one.start) for one in everybody(pc)] == [(ticket.visit.number, "standing", 600)]
    assert room.look_up(open_room, ticket.visit.number, ticket.secret).visit.id == at_main.id


def test_a_time_given_back_is_free_at_once_and_the_question_may_come_twice(open_room: Desk, kiosk: Desk) -> None:
    visit = room.book(open_room, asking(open_room, 600)).ticket.visit
    gone = lambda: [one.state for one in everybody(open_room)] == ["cancelled"]  # noqa: E731
    with losing(open_room, kiosk, 1, gone):
        own = room.cancel(kiosk, visit.id)
    assert (own.visit.state, own.heard) == ("cancelled", True)
    assert gone()
    other = room.book(open_room, asking(open_room, 600, 2)).ticket.visit
    assert other.state == "standing"


def test_given_back_while_the_main_pc_is_away_it_is_told_later(open_room: Desk, kiosk: Desk) -> None:
    visit = room.book(open_room, asking(open_room, 600)).ticket.visit
    with linked(open_room, kiosk):
        wait(lambda: known(kiosk, visit) is not None)
    own = room.cancel(kiosk, visit.id)
    assert (own.visit.state, own.heard) == ("cancelled", False)
    assert [one.state for one in everybody(open_room)] == ["standing"]
    with linked(open_room, kiosk):
        wait(lambda: [one.state for one in everybody(open_room)] == ["cancelled"])
