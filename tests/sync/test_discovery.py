"""Hosts found and watched: on real sockets of this machine, both ends ours; and in a quiet network, where time is ours.

Other programs and test runs may speak on the same network: every test has a zone of its own and looks for no other.
"""

from __future__ import annotations

import queue
import secrets
import socket
import threading
from collections.abc import Callable
from types import SimpleNamespace

import dns.rdata
import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base import dns_sd, multicast
from akimat_desk.base.dns_sd import Record
from akimat_desk.base.multicast import Interface, interfaces
from akimat_desk.base.threads import BlocksScreen, screen_thread
from akimat_desk.sync import announcing as announcing_module
from akimat_desk.sync import discovery as module
from akimat_desk.sync.announcing import Announcement, announcing
from akimat_desk.sync.discovery import FoundHost, find_hosts, watch_hosts
from tests.sync.quiet_network import LAN, NEIGHBOUR, QuietNetwork

LOOPBACK = Interface(socket.if_nametoindex("lo"), "127.0.0.1")
DEVICE = "3f2a9c81d04e7b1f" * 2


@pytest.fixture
def zone() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> list[Interface]:
    """The interfaces that are there: loopback, so that the office's network hears nothing of the tests."""
    found = [LOOPBACK]
    monkeypatch.setattr(multicast, "interfaces", lambda: list(found))
    return found


def search(zone: str, wanted: Callable[[list[FoundHost]], bool]) -> list[FoundHost]:
    """Search until `wanted` is there."""
    stop = threading.Event()
    return find_hosts(30.0, zone=zone, stop=stop, progress=lambda found: stop.set() if wanted(found) else None)


def loopback(zone: str, *, device: str = DEVICE, term: int = 3, port: int = 8765) -> FoundHost:
    return FoundHost(device, zone, term, f"127.0.0.1:{port}", "127.0.0.1")


# on real sockets


@pytest.mark.usefixtures("there")
def test_a_host_that_announces_itself_is_found(zone: str) -> None:
    with announcing(Announcement(zone, DEVICE, term=3, port=8765)):
        assert search(zone, bool) == [loopback(zone)]


@pytest.mark.usefixtures("there")
def test_of_several_hosts_the_one_with_the_highest_term_is_first_and_other_zones_are_not_there(zone: str) -> None:
    old, new, other = (secrets.token_hex(16) for _ in range(3))
    with (
        announcing(Announcement(zone, old, term=3, port=8001)),
        announcing(Announcement(zone, new, term=4, port=8002)),
        announcing(Announcement(secrets.token_hex(16), other, term=9, port=8003)),
    ):
        found = search(zone, lambda found: len(found) == 2)
        all_zones = search("", lambda found: {old, new, other} <= {each.device for each in found})
    assert found == [loopback(zone, device=new, term=4, port=8002), loopback(zone, device=old, term=3, port=8001)]
    terms = [each.term for each in all_zones]
    assert terms == sorted(terms, reverse=True)


@pytest.mark.usefixtures("there")
def test_who_watches_is_told_when_a_host_comes_up_changes_its_term_and_ends(zone: str) -> None:
    told: queue.Queue[list[FoundHost]] = queue.Queue()
    with watch_hosts(told.put, zone=zone):
        with announcing(Announcement(zone, DEVICE, term=3, port=8765)) as host:
            assert told.get(timeout=30) == [loopback(zone)]
            host.set_term(4)
            assert told.get(timeout=30) == [loopback(zone, term=4)]
        assert told.get(timeout=30) == []


@pytest.mark.usefixtures("there")
def test_who_begins_to_watch_is_told_of_the_host_that_is_there(zone: str) -> None:
    told: queue.Queue[list[FoundHost]] = queue.Queue()
    with announcing(Announcement(zone, DEVICE, term=3, port=8765)):
        search(zone, bool)
        with watch_hosts(told.put, zone=zone):
            assert told.get(timeout=30) == [loopback(zone)]


def test_a_network_that_comes_later_is_spoken_in(
    there: list[Interface], monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    for each in (module, announcing_module):
        monkeypatch.setattr(each, "LOOK_ROUND_S", 0.02)
    there.clear()
    told: queue.Queue[list[FoundHost]] = queue.Queue()
    with watch_hosts(told.put, zone=zone), announcing(Announcement(zone, DEVICE, term=3, port=8765)):
        there.append(LOOPBACK)
        assert told.get(timeout=30) == [loopback(zone)]


def test_on_all_interfaces_of_this_machine_it_is_one_host(zone: str) -> None:
    """Nothing stands in for anything here. A PC hears itself on each interface that can multicast."""
    with announcing(Announcement(zone, DEVICE, term=3, port=8765)):
        (found,) = search(zone, bool)
    assert (found.device, found.zone, found.term) == (DEVICE, zone, 3)
    assert found.address == f"{found.heard_from}:8765"
    assert {found.address, *found.others} <= {f"{each.address}:8765" for each in interfaces()}


def test_the_way_that_windows_needs_does_as_much_here(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """Sockets named by address, a port shared by SO_REUSEADDR alone: what Windows makes of it is not shown by this."""
    monkeypatch.setattr(multicast, "sys", SimpleNamespace(platform="win32"))
    assert Interface(0, "127.0.0.1") in interfaces()
    told: queue.Queue[list[FoundHost]] = queue.Queue()
    with watch_hosts(told.put, zone=zone), announcing(Announcement(zone, DEVICE, term=3, port=8765)):
        (found,) = search(zone, bool)
        assert [each.device for each in told.get(timeout=30)] == [found.device] == [DEVICE]


@pytest.mark.usefixtures("there")
def test_a_search_can_be_stopped(zone: str) -> None:
    stop = threading.Event()
    stop.set()
    assert find_hosts(300.0, zone=zone, stop=stop) == []


@pytest.mark.usefixtures("there")
def test_a_room_without_a_host_is_an_empty_list(zone: str) -> None:
    assert find_hosts(0.2, zone=zone) == []


def test_a_pc_without_a_network_is_an_empty_list(there: list[Interface]) -> None:
    there.clear()
    assert find_hosts(300.0) == []


def test_no_search_runs_on_the_screens_thread() -> None:
    with screen_thread():
        with pytest.raises(BlocksScreen):
            find_hosts(0.1)
        with pytest.raises(BlocksScreen), watch_hosts(print):
            pass


# in a quiet network


ZONE = "0a" * 16
HOST = Announcement(ZONE, DEVICE, term=3, port=8765)
FOUND = FoundHost(DEVICE, ZONE, 3, f"{NEIGHBOUR}:8765", NEIGHBOUR)


def watched(
    network: QuietNetwork, changed: Callable[[list[FoundHost]], None] = lambda hosts: None
) -> list[tuple[float, list[FoundHost]]]:
    """What a watch tells until the network's time is over, and when."""
    told: list[tuple[float, list[FoundHost]]] = []
    over = threading.Event()
    network.at_end = over.set

    def tell(hosts: list[FoundHost]) -> None:
        told.append((round(network.now, 3), hosts))
        changed(hosts)

    with network.rules_time_of(module, dns_sd), pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "Group", lambda: network)
        with watch_hosts(tell):
            assert over.wait(30)
    return told


def says(*, term: int = 3, ttl: int = 120, address: str = NEIGHBOUR, **text: str) -> bytes:
    """What a neighbour announces; `text` stands in place of what would be right."""
    records = Announcement(ZONE, DEVICE, term, 8765).records(address, ttl)
    right = {"v": "1", "z": ZONE, "d": DEVICE, "t": str(term)}
    strings = " ".join(f'"{key}={value}"' for key, value in {**right, **text}.items())
    records[2] = Record(records[2].name, dns.rdata.from_text("IN", "TXT", strings), ttl, own=True)
    return dns_sd.answer(records)


def test_a_host_that_comes_up_is_told_of_at_once() -> None:
    network = QuietNetwork()
    network.comes_in(5.0, says())
    network.comes_in(6.0, says())
    network.comes_in(7.0, says(term=4))
    network.comes_in(8.0, says(term=4, ttl=0))
    later = FoundHost(DEVICE, ZONE, 4, f"{NEIGHBOUR}:8765", NEIGHBOUR)
    assert watched(network) == [(5.0, [FOUND]), (7.0, [later]), (8.0, [])]


def asks(network: QuietNetwork) -> list[float]:
    return [round(at, 3) for at, _, _, _ in network.sent]


def test_a_watch_asks_three_times_and_then_listens() -> None:
    network = QuietNetwork(60.0)
    watched(network)
    assert asks(network) == [0.0, 1.0, 3.0]


def test_a_network_that_comes_later_is_asked_anew() -> None:
    network = QuietNetwork()
    network.at(4.0, lambda: network.there.append(Interface(3, "10.0.0.5")))
    watched(network)
    assert asks(network) == [0.0, 1.0, 3.0, *2 * [6.0], *2 * [7.0], *2 * [9.0]]


def test_a_host_that_falls_silent_is_asked_again_and_then_gone() -> None:
    """Looked for every three seconds: asked from 96 seconds on, gone with 120."""
    network = QuietNetwork(200.0)
    network.comes_in(6.0, says())
    assert watched(network) == [(6.0, [FOUND]), (126.0, [])]
    assert asks(network)[3:] == [102.0, 105.0, 108.0, 111.0, 114.0, 117.0, 120.0, 123.0]


def test_a_host_that_answers_stays() -> None:
    network = QuietNetwork(203.0)
    network.comes_in(6.0, says())
    network.comes_in(102.1, says())
    assert watched(network) == [(6.0, [FOUND])]
    assert asks(network)[3:] == [102.0, 201.0]


def test_what_an_announcement_leaves_out_is_asked_for() -> None:
    network = QuietNetwork()
    records = HOST.records(NEIGHBOUR)
    network.comes_in(5.0, dns_sd.answer(records[:1]))
    network.comes_in(6.0, dns_sd.answer(records[1:]))
    assert watched(network) == [(6.0, [FOUND])]
    wanted = [message.questions[0].kind.name for _, _, sent, _ in network.sent[3:] if (message := dns_sd.read(sent))]
    assert wanted == ["SRV", "TXT"]


OTHER = "192.168.1.21"


def test_one_pc_at_two_addresses_is_one_host_with_the_latest_term() -> None:
    """Two cables, or a copy of a PC: which, is seen when one knocks. The one that came up last stands first."""
    network = QuietNetwork()
    network.comes_in(5.0, says())
    network.comes_in(5.5, says(address=OTHER), sender=OTHER)
    network.comes_in(7.0, says(term=4))
    both = FoundHost(DEVICE, ZONE, 3, f"{OTHER}:8765", OTHER, (f"{NEIGHBOUR}:8765",))
    latest = FoundHost(DEVICE, ZONE, 4, f"{NEIGHBOUR}:8765", NEIGHBOUR)
    assert watched(network) == [(5.0, [FOUND]), (5.5, [both]), (7.0, [latest])]


def test_a_host_whose_address_changes_is_reached_at_the_new_one_and_the_old_one_is_soon_gone() -> None:
    network = QuietNetwork(60.0)
    network.comes_in(5.0, says())
    network.comes_in(30.0, says(address=OTHER), sender=OTHER)
    both = FoundHost(DEVICE, ZONE, 3, f"{OTHER}:8765", OTHER, (f"{NEIGHBOUR}:8765",))
    alone = FoundHost(DEVICE, ZONE, 3, f"{OTHER}:8765", OTHER)
    assert watched(network) == [(5.0, [FOUND]), (30.0, [both]), (42.0, [alone])]
    assert asks(network)[3:] == [33.0, 36.0, 39.0]


def test_two_who_both_answer_both_stay() -> None:
    network = QuietNetwork(60.0)
    network.comes_in(5.0, says())
    network.comes_in(30.0, says(address=OTHER), sender=OTHER)
    network.comes_in(33.1, says())
    network.comes_in(33.1, says(address=OTHER), sender=OTHER)
    assert len(watched(network)) == 2
    assert asks(network)[3:] == [33.0]


def test_a_wifi_that_repeats_what_a_host_says_is_not_the_host() -> None:
    network = QuietNetwork()
    network.comes_in(5.0, says(address="192.168.7.7"))
    assert watched(network) == [(5.0, [FoundHost(DEVICE, ZONE, 3, "192.168.7.7:8765", NEIGHBOUR)])]


@pytest.mark.parametrize(
    "text",
    [
        {"v": "2"},
        {"d": "../../etc"},
        {"d": ""},
        {"d": "a" * 65},
        {"z": "Ауыл"},
        {"z": "AB" * 16},
        {"t": "-1"},
        {"t": "four"},
        {"t": "٣"},
        {"t": "9" * 100},
        {"t": str(2**31)},
    ],
)
def test_what_is_no_announcement_of_ours_is_passed_over(text: dict[str, str]) -> None:
    network = QuietNetwork()
    network.comes_in(5.0, says(**{key: value.encode().decode("latin-1") for key, value in text.items()}))
    assert watched(network) == []


def test_an_answer_from_an_ordinary_port_is_not_heard() -> None:
    network = QuietNetwork()
    network.comes_in(5.0, says(), port=40000)
    assert watched(network) == []


def test_a_crowd_of_hosts_is_listened_to_up_to_a_number() -> None:
    network = QuietNetwork()
    for number in range(100):
        records = Announcement(ZONE, f"{number:032x}"[::-1], 1, 8765).records(NEIGHBOUR)
        network.comes_in(5.0, dns_sd.answer(records))
    assert max(len(hosts) for _, hosts in watched(network)) == 50


def test_a_mistake_of_who_is_told_ends_no_watch(caplog: pytest.LogCaptureFixture) -> None:
    network = QuietNetwork()
    network.comes_in(5.0, says())
    network.comes_in(6.0, says(ttl=0))

    def fall(hosts: list[FoundHost]) -> None:
        raise ZeroDivisionError

    assert [hosts for _, hosts in watched(network, fall)] == [[FOUND], []]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 2
    caplog.clear()


@given(st.data())
def test_whatever_is_said_no_watch_ends_and_what_is_told_can_stand_in_a_url(data: st.DataObject) -> None:
    network = QuietNetwork()
    for second in range(1, 4):
        wire = bytearray(says())
        for _ in range(data.draw(st.integers(1, 5))):
            wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
        network.comes_in(second, bytes(wire[: data.draw(st.integers(0, len(wire)))]))
    last = secrets.token_hex(16)
    network.comes_in(5.0, dns_sd.answer(Announcement(ZONE, last, 2**31 - 1, 1).records(LAN.address)))
    *_, (at, hosts) = watched(network)
    assert (at, hosts[0].device) == (5.0, last)
    for host in hosts:
        assert all(letter in "0123456789abcdef" for letter in host.device + host.zone)
        address, _, port = host.address.rpartition(":")
        assert socket.inet_ntoa(socket.inet_aton(address)) == address
        assert 0 < int(port) < 65536
