"""Packets of DNS-SD: what is made is read again and by an ordinary reader too, what is odd is harmless, what is heard
has bounds and an end."""

from __future__ import annotations

import types

import dns.flags
import dns.message
import dns.name
import dns.rdata
import pytest
from dns.rdatatype import RdataType
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base import dns_sd
from akimat_desk.base.dns_sd import LONGEST_S, Heard, Instance, Question, Record, answer, questions, read

SERVICE = dns.name.from_text("_salem._tcp.local.")
ONE = dns.name.from_text("one", SERVICE)
PC = dns.name.from_text("pc.local.")


def record(name: dns.name.Name, kind: str, text: str, ttl: int = 120, *, own: bool = False) -> Record:
    return Record(name, dns.rdata.from_text("IN", kind, text), ttl, own)


def service(name: dns.name.Name = ONE, *, ttl: int = 120, port: int = 80) -> list[Record]:
    return [
        record(SERVICE, "PTR", name.to_text(), ttl),
        record(name, "SRV", f"0 0 {port} pc.local.", ttl, own=True),
        record(name, "TXT", '"a=1" "B=2" "b=3"', ttl, own=True),
        record(PC, "A", "10.0.0.1", ttl, own=True),
    ]


@pytest.fixture
def heard() -> Heard:
    return Heard([SERVICE], most=3)


def test_what_is_said_is_what_is_read() -> None:
    message = read(answer(service()[:2], service()[2:]))
    assert message is not None
    assert (message.id, message.is_answer, message.questions, message.records) == (0, True, [], service())


def test_what_is_asked_is_what_is_read() -> None:
    asked = [Question(SERVICE, RdataType.PTR), Question(ONE, RdataType.SRV)]
    messages = [read(packet) for packet in questions(asked)]
    assert [(each.is_answer, each.questions) for each in messages if each] == [(False, [one]) for one in asked]


def test_an_ordinary_resolver_reads_the_answer_to_its_question() -> None:
    """It knows no bit that says "forget the rest", and would keep what it is told (RFC 6762, section 6.7)."""
    question = Question(SERVICE, RdataType.PTR)
    reply = dns.message.from_wire(answer(service()[:1], service()[1:], ident=7, asked=[question]))
    assert (reply.id, reply.flags) == (7, dns.flags.QR | dns.flags.AA)
    assert [str(each) for each in reply.question] == ["_salem._tcp.local. IN PTR"]
    assert [str(each) for each in (*reply.answer, *reply.additional)] == [
        "_salem._tcp.local. 10 IN PTR one._salem._tcp.local.",
        "one._salem._tcp.local. 10 IN SRV 0 0 80 pc.local.",
        'one._salem._tcp.local. 10 IN TXT "a=1" "B=2" "b=3"',
        "pc.local. 10 IN A 10.0.0.1",
    ]


def test_a_question_for_anything_wants_every_record_of_the_name() -> None:
    wanted = [each.rdata.rdtype for each in service() if Question(ONE, RdataType.ANY).wants(each)]
    assert wanted == [RdataType.SRV, RdataType.TXT]


def test_names_are_the_same_in_any_case() -> None:
    assert Question(dns.name.from_text("_SALEM._tcp.LOCAL."), RdataType.PTR).wants(service()[0])


def test_no_word_is_believed_for_longer_than_the_longest() -> None:
    message = read(answer(service(ttl=2**31)))
    assert message is not None
    assert {each.ttl for each in message.records} == {LONGEST_S}


def test_a_packet_of_records_without_end_is_read_up_to_a_number() -> None:
    message = read(answer(service() * 200))
    assert message is not None
    assert len(message.records) == 200


def test_a_packet_of_questions_without_end_is_read_up_to_a_number() -> None:
    message = read(answer([], asked=[Question(SERVICE, RdataType.PTR)] * 500))
    assert message is not None
    assert len(message.questions) == 20


def test_other_operations_than_questions_are_not_read() -> None:
    packet = bytearray(answer(service()))
    packet[2] |= 0x28
    assert read(bytes(packet)) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_harmless(noise: bytes) -> None:
    heard = Heard([SERVICE], most=3)
    heard.take(noise, "10.0.0.9")
    assert heard.instances == []


@given(st.data())
def test_a_spoiled_packet_is_harmless(data: st.DataObject) -> None:
    wire = bytearray(answer(service(), asked=[Question(SERVICE, RdataType.PTR)]))
    for _ in range(data.draw(st.integers(1, 5))):
        wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
    heard = Heard([SERVICE], most=3)
    heard.take(bytes(wire[: data.draw(st.integers(0, len(wire)))]), "10.0.0.9")
    heard.forget()
    assert len(heard.instances) <= 1


def test_one_answer_tells_all(heard: Heard) -> None:
    assert heard.take(answer(service()), "10.0.0.1") is False
    (one,) = heard.instances
    assert (one.service, one.name, one.sender, one.ttl) == (SERVICE, ONE, "10.0.0.1", 120)
    assert (one.target, one.port, one.text) == (PC, 80, {"a": "1", "b": "2"})


def test_a_goodbye_is_the_end_of_it(heard: Heard) -> None:
    heard.take(answer(service()), "10.0.0.1")
    heard.take(answer(service(ttl=0)), "10.0.0.1")
    assert heard.instances == []


def test_two_senders_of_one_name_are_one_or_two() -> None:
    together, apart = Heard([SERVICE], most=3), Heard([SERVICE], most=3, apart=True)
    for heard in (together, apart):
        heard.take(answer(service(port=80)), "10.0.0.1")
        heard.take(answer(service(port=81)), "10.0.0.2")
    assert [(each.sender, each.port) for each in together.instances] == [("10.0.0.1", 81)]
    assert [(each.sender, each.port) for each in apart.instances] == [("10.0.0.1", 80), ("10.0.0.2", 81)]


def only(heard: Heard) -> Instance:
    (one,) = heard.instances
    return one


def test_its_address_is_where_it_was_heard_from_unless_it_says_otherwise(heard: Heard) -> None:
    heard.take(answer(service()[:3]), "10.0.0.9")
    assert heard.address(only(heard)) == "10.0.0.9"
    heard.take(answer(service()), "10.0.0.9")  # a Wi-Fi that repeats what another said
    assert heard.address(only(heard)) == "10.0.0.1"
    heard.take(answer([record(PC, "A", "10.0.0.9")]), "10.0.0.9")
    assert heard.address(only(heard)) == "10.0.0.9"


def test_a_crowd_is_listened_to_up_to_a_number(heard: Heard) -> None:
    for number in range(100):
        heard.take(answer(service(dns.name.from_text(f"n{number}", SERVICE))), "10.0.0.9")
    assert [each.name.labels[0] for each in heard.instances] == [b"n0", b"n1", b"n2"]


def test_what_is_not_heard_again_is_forgotten(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(dns_sd, "time", types.SimpleNamespace(monotonic=lambda: now))
    heard.take(answer(service(ttl=120)), "10.0.0.1")
    now = 100.0
    heard.take(answer(service(ttl=120)), "10.0.0.1")
    now = 219.0
    heard.forget()
    assert len(heard.instances) == 1
    now = 220.0
    heard.forget()
    assert heard.instances == []


def test_a_second_sender_puts_the_first_in_doubt_unless_both_speak_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(dns_sd, "time", types.SimpleNamespace(monotonic=lambda: now))
    heard = Heard([SERVICE], most=3, apart=True)
    heard.take(answer(service()), "10.0.0.1")
    now = 1.0
    heard.take(answer(service()), "10.0.0.2")
    assert [(each.sender, each.heard + each.ttl) for each in heard.instances] == [("10.0.0.1", 120), ("10.0.0.2", 121)]
    now = 50.0
    heard.take(answer(service()), "10.0.0.3")
    assert [each.heard + each.ttl for each in heard.instances] == [60, 60, 170]
    now = 51.0
    heard.take(answer(service()), "10.0.0.1")
    assert [each.heard + each.ttl for each in heard.instances] == [171, 60, 170]
