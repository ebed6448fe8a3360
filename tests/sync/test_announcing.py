"""What a host says on the network, and when: in a quiet network, where every packet and moment is known.

`test_discovery.py` lets it speak on real sockets, `tests/system/test_room_and_avahi.py` with somebody else's responder.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import dns.flags
import dns.message
import dns.name
import pytest
from dns.rdatatype import RdataType
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base import dns_sd, multicast
from akimat_desk.base.dns_sd import Question, Record
from akimat_desk.base.multicast import GROUP, Interface
from akimat_desk.base.threads import BlocksScreen, screen_thread
from akimat_desk.sync import announcing as module
from akimat_desk.sync.announcing import Announcement, Announcing, NotAnnounceable, announcing
from akimat_desk.sync.discovery import SERVICE
from tests.sync.quiet_network import LAN, NEIGHBOUR, QuietNetwork

ZONE, DEVICE = "0a" * 16, "3f2a9c81d04e7b1f" * 2
HOST = Announcement(ZONE, DEVICE, term=3, port=8765)
NAME = dns.name.from_text("3f2a9c81d04e", SERVICE)
WHO_IS_THERE = Question(SERVICE, RdataType.PTR)


@pytest.fixture
def network() -> Iterator[QuietNetwork]:
    with QuietNetwork().rules_time_of(module, multicast) as network:
        yield network


def run(network: QuietNetwork, then: Callable[[Announcing], None] = lambda speaking: None) -> None:
    """Let a host speak until the network's time is over; `then` plans what is done to it."""
    speaking = Announcing(HOST, network)  # type: ignore[arg-type]
    network.at_end = speaking.end
    then(speaking)
    speaking.run()


def asked(*questions: Question, known: Sequence[Record] = (), ident: int = 0) -> bytes:
    """A packet that asks, and says which answers are known already."""
    packet = bytearray(dns_sd.answer([], ident=ident, asked=questions) + dns_sd.answer(known)[12:])
    packet[2:4] = b"\0\0"  # it asks
    packet[6:8] = len(known).to_bytes(2, "big")
    return bytes(packet)


def said(network: QuietNetwork) -> list[tuple[float, list[str]]]:
    """What was said to everyone, and when."""
    return [(round(at, 3), texts(payload)) for at, _, payload, to in network.sent if to == GROUP]


def texts(payload: bytes) -> list[str]:
    message = dns_sd.read(payload)
    assert message is not None
    return [f"{each.name} {each.ttl} {each.rdata.rdtype.name} {each.rdata}" for each in message.records]


def whole(term: int = 3, ttl: int = 120, address: str = LAN.address) -> list[str]:
    return [
        f"_akimat-desk._tcp.local. {ttl} PTR 3f2a9c81d04e._akimat-desk._tcp.local.",
        f"3f2a9c81d04e._akimat-desk._tcp.local. {ttl} SRV 0 0 8765 akimat-desk-3f2a9c81d04e.local.",
        f'3f2a9c81d04e._akimat-desk._tcp.local. {ttl} TXT "v=1" "z={ZONE}" "d={DEVICE}" "t={term}"',
        f"akimat-desk-3f2a9c81d04e.local. {ttl} A {address}",
    ]


KIND = "_services._dns-sd._udp.local. 120 PTR _akimat-desk._tcp.local."
SPOKEN = [(0.0, [*whole(), KIND]), (1.0, [*whole(), KIND])]
GOODBYE = (10.0, whole(ttl=0))


def test_it_speaks_twice_at_first_and_says_goodbye(network: QuietNetwork) -> None:
    run(network)
    assert said(network) == [*SPOKEN, GOODBYE]


def test_only_what_nobody_else_has_makes_others_forget(network: QuietNetwork) -> None:
    run(network)
    message = dns_sd.read(network.sent[0][2])
    assert message is not None
    assert [each.own for each in message.records] == [False, True, True, True, False]


def test_another_term_is_told_at_once_and_twice(network: QuietNetwork) -> None:
    run(network, lambda speaking: network.at(4.0, lambda: speaking.set_term(4)))
    goodbye = (10.0, whole(term=4, ttl=0))
    assert said(network) == [*SPOKEN, (4.0, [*whole(term=4), KIND]), (5.0, [*whole(term=4), KIND]), goodbye]


def test_a_question_to_everyone_is_answered_to_everyone_after_a_moment(network: QuietNetwork) -> None:
    network.comes_in(5.0, asked(WHO_IS_THERE))
    run(network)
    *_, (at, answer), _goodbye = said(network)
    assert 5.02 <= at <= 5.12
    assert answer == [*whole(), KIND]


@pytest.mark.parametrize(
    "question",
    [
        Question(NAME, RdataType.SRV),
        Question(NAME, RdataType.ANY),
        Question(dns.name.from_text("akimat-desk-3f2a9c81d04e.local."), RdataType.A),
        Question(dns.name.from_text("_services._dns-sd._udp.local."), RdataType.PTR),
        Question(dns.name.from_text("_AKIMAT-DESK._TCP.local."), RdataType.PTR),
    ],
)
def test_every_record_can_be_asked_for(network: QuietNetwork, question: Question) -> None:
    network.comes_in(5.0, asked(question))
    run(network)
    assert len(said(network)) == 4


@pytest.mark.parametrize(
    "question",
    [
        Question(dns.name.from_text("_ipp._tcp.local."), RdataType.PTR),
        Question(SERVICE, RdataType.SRV),
        Question(dns.name.from_text("another", SERVICE), RdataType.SRV),
    ],
)
def test_what_others_are_asked_is_not_answered(network: QuietNetwork, question: Question) -> None:
    network.comes_in(5.0, asked(question))
    network.comes_in(6.0, asked(question), port=40000)
    run(network)
    assert network.sent == [each for each in network.sent if each[0] in (0.0, 1.0, 10.0)]


def test_answers_are_no_questions(network: QuietNetwork) -> None:
    network.comes_in(5.0, dns_sd.answer(HOST.records("192.168.1.66"), asked=[WHO_IS_THERE]))
    run(network)
    assert said(network) == [*SPOKEN, GOODBYE]


@pytest.mark.parametrize(("ttl", "answers"), [(120, 0), (60, 0), (59, 1)])
def test_who_knows_the_answer_is_not_told_again_until_half_of_its_time_is_over(
    network: QuietNetwork, ttl: int, answers: int
) -> None:
    network.comes_in(5.0, asked(WHO_IS_THERE, known=HOST.records(LAN.address, ttl)[:1]))
    run(network)
    assert len(said(network)) == 3 + answers


def test_however_many_ask_everyone_is_told_once_a_second(network: QuietNetwork) -> None:
    for number in range(300):
        network.comes_in(5.0 + number / 100, asked(WHO_IS_THERE))
    run(network)
    moments = [at for at, _ in said(network)[2:-1]]
    assert 3 <= len(moments) <= 4
    assert all(later - earlier >= 0.999 for earlier, later in itertools.pairwise(moments))


def test_who_asks_from_an_ordinary_port_is_answered_alone_as_by_ordinary_dns(network: QuietNetwork) -> None:
    network.comes_in(5.0, asked(WHO_IS_THERE, ident=77), port=40000)
    run(network)
    ((at, interface, payload, to),) = [each for each in network.sent if each[3] != GROUP]
    assert (at, interface, to) == (5.0, LAN, (NEIGHBOUR, 40000))
    reply = dns.message.from_wire(payload)
    assert (reply.id, reply.flags) == (77, dns.flags.QR | dns.flags.AA)
    assert [str(each) for each in reply.question] == ["_akimat-desk._tcp.local. IN PTR"]
    assert [each.rdtype.name for each in reply.answer] == ["PTR"]
    assert [each.rdtype.name for each in reply.additional] == ["SRV", "TXT", "A"]
    assert {each.ttl for each in (*reply.answer, *reply.additional)} == {10}


def test_single_askers_are_answered_a_few_times_a_second(network: QuietNetwork) -> None:
    for number in range(300):
        network.comes_in(5.0 + number / 1000, asked(WHO_IS_THERE), port=40000 + number)
    network.comes_in(8.0, asked(WHO_IS_THERE), port=50000)
    run(network)
    alone = [to[1] for *_, to in network.sent if to != GROUP]
    assert alone[:5] == [40000, 40001, 40002, 40003, 40004]
    assert len(alone) <= 5 + 2 + 1
    assert alone[-1] == 50000


def test_nobody_outside_is_answered(network: QuietNetwork) -> None:
    network.comes_in(5.0, asked(WHO_IS_THERE), port=40000, sender="8.8.8.8")
    run(network)
    assert {to for *_, to in network.sent} == {GROUP}


def test_where_an_interface_comes_or_changes_its_address_it_is_announced(network: QuietNetwork) -> None:
    cable, again = Interface(3, "10.0.0.5"), Interface(3, "10.0.0.6")
    network.at(4.0, lambda: network.there.append(cable))
    network.at(7.0, lambda: network.there.remove(cable))
    network.at(7.0, lambda: network.there.append(again))
    run(network)
    on_cable = [(at, where, texts(packet)[3]) for at, where, packet, _ in network.sent if where != LAN]
    assert on_cable == [
        (6.0, cable, whole(address="10.0.0.5")[3]),
        (7.0, cable, whole(address="10.0.0.5")[3]),
        (9.0, again, whole(address="10.0.0.6")[3]),
        (10.0, again, whole(address="10.0.0.6", ttl=0)[3]),
    ]


def test_without_a_network_it_waits_for_one(network: QuietNetwork) -> None:
    network.there.clear()
    network.at(8.0, lambda: network.there.append(LAN))
    run(network)
    assert said(network) == [(9.0, [*whole(), KIND]), GOODBYE]


@given(st.lists(st.tuples(st.binary(max_size=200), st.sampled_from([GROUP[1], 40000])), max_size=5))
def test_any_bytes_are_harmless(noise: list[tuple[bytes, int]]) -> None:
    check_harmless(noise)


@given(st.data())
def test_a_spoiled_question_is_harmless(data: st.DataObject) -> None:
    wire = bytearray(asked(WHO_IS_THERE, Question(NAME, RdataType.ANY), known=HOST.records(LAN.address)))
    for _ in range(data.draw(st.integers(1, 5))):
        wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
    check_harmless([(bytes(wire[: data.draw(st.integers(0, len(wire)))]), 40000)])


def check_harmless(noise: list[tuple[bytes, int]]) -> None:
    """Whatever comes in: it goes on, answers at most once for each, and says nothing else than what it has to say."""
    with QuietNetwork().rules_time_of(module, multicast) as network:
        for payload, port in noise:
            network.comes_in(5.0, payload, port=port)
        run(network)
    assert said(network)[-1] == GOODBYE
    assert len(network.sent) <= 3 + len(noise)
    ours = {*whole(), KIND}
    shorter = {line.replace(" 120 ", f" {ttl} ") for line in ours for ttl in (10, 0)}
    assert {line for _, _, packet, _ in network.sent for line in texts(packet)} <= ours | shorter


@pytest.mark.parametrize(
    ("what", "wrong"),
    [("zone", "Ауыл"), ("zone", ""), ("device", "PC 1"), ("device", "A" * 32), ("term", -1), ("port", 0)],
)
def test_what_cannot_be_announced_is_not(what: str, wrong: object) -> None:
    right = {"zone": ZONE, "device": DEVICE, "term": 1, "port": 1}
    with pytest.raises(NotAnnounceable, match=f"announced: {what}"):
        Announcement(**{**right, what: wrong})  # type: ignore[arg-type]


def test_a_wrong_term_changes_nothing(network: QuietNetwork) -> None:
    speaking = Announcing(HOST, network)  # type: ignore[arg-type]
    with pytest.raises(NotAnnounceable):
        speaking.set_term(-1)
    assert speaking.announcement == HOST


def test_nothing_is_announced_from_the_screens_thread() -> None:
    with screen_thread(), pytest.raises(BlocksScreen), announcing(HOST):
        pass
