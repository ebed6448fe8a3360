"""Somebody stands between two PCs and speaks TLS to both: nothing is told to him, whatever certificate he shows."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from akimat_desk.journal import devices
from akimat_desk.sync.calls import open_call, seal_call
from akimat_desk.sync.errors import NotADesk, Stranger
from akimat_desk.sync.http import PATH, serve
from akimat_desk.sync.room_link import RoomLink, connected
from akimat_desk.sync.tls import open_channel
from tests.sync.room.conftest import LOOPBACK, OpenPc, Pc, let_join

HEARD: list[bytes] = []


def shows(folder: Path, extensions: list[Any]) -> ssl.SSLContext:
    """A server's side with a key of its own and a certificate that holds these extensions."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "akimat-desk")])
    year = datetime(2026, 1, 1, tzinfo=UTC)
    until = datetime(2036, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), year, until)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    file = folder / "between.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@contextmanager
def between(context: ssl.SSLContext) -> Iterator[str]:
    """Answers in the host's place, and keeps what it hears."""
    HEARD.clear()

    def hear(call: bytes) -> bytes:
        HEARD.append(call)
        return b""

    with serve({PATH: hear}, tls=context) as port:
        yield f"{LOOPBACK}:{port}"


@pytest.fixture
def kiosk(host: Pc, open_pc: OpenPc) -> Pc:
    """A PC of the room, which knows its host."""
    host.switch_on()
    pc = open_pc("kiosk", "kiosk")
    let_join(host, pc)
    pc.exchange().sync(RoomLink(pc.journal, host.address))
    pc.visit(1)
    return pc


def of_the_host(host: Pc) -> list[Any]:
    """The extensions of the certificate that the host shows to everybody."""
    with connected(host.address) as (connection, _):
        shown = connection.sock.getpeercert(binary_form=True)
    return [each.value for each in x509.load_der_x509_certificate(shown).extensions]


@pytest.mark.parametrize("copied", [False, True], ids=["a certificate like any other", "the host's own proof, copied"])
def test_22_a_certificate_without_a_proof_of_its_own_is_no_desks(
    kiosk: Pc,
    host: Pc,
    tmp_path: Path,
    copied: bool,
) -> None:
    context = shows(tmp_path, of_the_host(host) if copied else [])
    with between(context) as address, pytest.raises(NotADesk):
        kiosk.exchange().sync(RoomLink(kiosk.journal, address))
    assert HEARD == []


def test_11_a_desk_of_another_room_is_told_nothing(kiosk: Pc, open_pc: OpenPc) -> None:
    other = open_pc("other")
    with other.journal.commit() as commit:
        devices.found(commit, "desk")
    with between(open_channel(other.journal).context) as address, pytest.raises(Stranger):
        kiosk.exchange().sync(RoomLink(kiosk.journal, address))
    assert HEARD == []


def test_22_a_call_is_good_at_the_asked_pc_alone(kiosk: Pc, host: Pc) -> None:
    """A host that passes a call on, to pass for its caller somewhere else, is not believed there."""
    first, second = open_channel(host.journal), open_channel(host.journal)
    call = seal_call(kiosk.journal, first.id, PATH, b"asked")
    who, body = open_call(host.journal, first.id, PATH, call)
    assert (who.device, body) == (kiosk.device, b"asked")
    for channel, path in ((second.id, PATH), (first.id, "/v1/files")):
        with pytest.raises(NotADesk):
            open_call(host.journal, channel, path, call)
