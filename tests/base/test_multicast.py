"""The room's network by its interfaces, on loopback: joining the group, leaving it, and not being flooded by it."""

from __future__ import annotations

import socket
import types
from collections.abc import Iterator

import pytest

from akimat_desk.base import multicast
from akimat_desk.base.multicast import GROUP, READS_PER_S, Allowance, Asking, Group, Interface, Packet, interfaces

LOOPBACK = Interface(socket.if_nametoindex("lo"), "127.0.0.1")


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> list[Interface]:
    """The interfaces that are there; tests change them."""
    found = [LOOPBACK]
    monkeypatch.setattr(multicast, "interfaces", lambda: list(found))
    return found


def packets(group: Group) -> Iterator[Packet]:
    """What comes in, as long as something does."""
    while True:
        yield from group.packets(30.0)


def test_loopback_is_an_interface() -> None:
    assert LOOPBACK in interfaces()


def test_what_one_says_to_the_group_the_others_hear_from_its_port(there: list[Interface]) -> None:
    with Group() as one, Group() as other:
        assert (one.look_round(), other.look_round()) == ([LOOPBACK], [LOOPBACK])
        one.send(LOOPBACK, b"salem")
        heard = next(each for each in packets(other) if each.payload == b"salem")
    assert heard == Packet(LOOPBACK, b"salem", ("127.0.0.1", GROUP[1]))


def test_who_asks_from_an_ordinary_port_is_answered_there(there: list[Interface]) -> None:
    with Group() as group, Asking() as asking:
        group.look_round()
        asking.send([b"who is there?"])
        question = next(each for each in packets(group) if each.payload == b"who is there?")
        assert question.sender[1] != GROUP[1]
        group.send(question.interface, b"me", question.sender)
        answers: list[tuple[bytes, str]] = []
        while not answers:
            answers += asking.answers(30.0)
        assert answers == [(b"me", "127.0.0.1")]


def test_an_interface_that_goes_is_left_and_one_with_another_address_is_joined_anew(there: list[Interface]) -> None:
    with Group() as group:
        assert group.look_round() == [LOOPBACK]
        assert group.look_round() == []
        there[0] = Interface(LOOPBACK.index, "127.0.0.2")
        assert group.look_round() == there
        assert group.interfaces == tuple(there)
        there.clear()
        assert group.look_round() == []
        assert group.interfaces == ()


def test_an_interface_that_cannot_be_joined_is_passed_over_and_tried_again(there: list[Interface]) -> None:
    there.append(Interface(2**30, "127.0.0.3"))
    with Group() as group, Asking() as asking:
        assert group.look_round() == [LOOPBACK]
        assert group.look_round() == []
        assert asking


def test_a_system_that_cannot_say_its_interfaces_changes_nothing(
    there: list[Interface], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Group() as group:
        group.look_round()

        def short() -> list[Interface]:
            raise OSError(24, "Too many open files")

        monkeypatch.setattr(multicast, "interfaces", short)
        assert group.look_round() == []
        assert group.interfaces == (LOOPBACK,)


def test_a_wait_ends_when_it_is_woken(there: list[Interface]) -> None:
    with Group() as group:
        group.wake()
        assert list(group.packets(300.0)) == []


def test_where_no_interface_is_a_wait_is_still_woken(there: list[Interface]) -> None:
    there.clear()
    with Group() as group, Asking() as asking:
        assert not asking
        assert group.look_round() == []
        group.wake()
        assert list(group.packets(300.0)) == []


def test_a_flood_is_read_up_to_a_number(there: list[Interface], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multicast, "time", types.SimpleNamespace(monotonic=lambda: 1000.0))
    with Group() as group, Group() as flood:
        group.look_round()
        flood.look_round()
        for _ in range(READS_PER_S + 20):
            flood.send(LOOPBACK, b"!")
        for _ in range(READS_PER_S):
            assert len(list(group.packets(30.0))) == 1
        assert list(group.packets(30.0)) == []


def test_an_allowance_is_used_up_and_grows_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(multicast, "time", types.SimpleNamespace(monotonic=lambda: now))
    five = Allowance(5)
    assert [five.take() for _ in range(7)] == [True] * 5 + [False] * 2
    now = 0.5
    assert [five.take() for _ in range(3)] == [True, True, False]
    now = 3600.0
    assert [five.take() for _ in range(6)] == [True] * 5 + [False]
