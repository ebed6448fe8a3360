"""Encryption between the PCs of a room, with the room's own keys in place of certificate authorities.

As in libp2p's TLS handshake: the server's certificate is self-signed by a key made for this run, and an extension in it
holds the device's public key and that key's signature over the certificate's own. So whoever connects knows which
device is at the other end before saying anything, no key of the room is ever handed to the TLS library, and no clock
has to be right. Who calls is proved by each call (`calls`).
"""

from __future__ import annotations

import errno
import hashlib
import os
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from akimat_desk.journal.batch import Signature
from akimat_desk.journal.keys import signed
from akimat_desk.journal.kinds import Digest, Id
from akimat_desk.sync.errors import NotADesk

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

_EXTENSION: Final = "2.25.81381391837381624865099603290926380215"
"""An object identifier nobody else has (ITU-T X.667: made of a random UUID)."""
_STATEMENT: Final = b"akimat-desk/tls/1\0"
_FROM: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TO: Final = datetime(2999, 12, 31, tzinfo=UTC)


class Peer(msgspec.Struct, frozen=True):
    """The device at the other end, proved by its key. `channel` names the certificate it showed."""

    device: str
    public_key: bytes
    channel: bytes


class _Proof(msgspec.Struct, frozen=True, array_like=True):
    device: Id
    public_key: Digest
    signature: Signature


class _Socket(ssl.SSLSocket):
    """Python 3.11 forgets a socket whose peer is gone before the handshake begins; this one is closed then."""

    def getpeername(self) -> Any:
        """As in `socket`."""
        try:
            return super().getpeername()
        except OSError as why:
            self.close()
            raise ConnectionResetError(errno.ECONNRESET, "gone before the handshake") from why


@dataclass(frozen=True, slots=True)
class Channel:
    """How a server speaks as its device: `id` names the certificate it shows, as callers know it (`Peer.channel`)."""

    context: ssl.SSLContext
    id: bytes


def open_channel(journal: Journal) -> Channel:
    """For a server that speaks as this device. The key behind it lives as long as the channel."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    public: Any = key.public_key()
    spki = _spki(public)
    proof = _Proof(journal.device, journal.public_key, journal.sign(_STATEMENT + spki))
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "akimat-desk")])
    extension = x509.UnrecognizedExtension(x509.ObjectIdentifier(_EXTENSION), msgspec.msgpack.encode(proof))
    certificate = (
        x509.CertificateBuilder(name, name, public, x509.random_serial_number(), _FROM, _TO)
        .add_extension(extension, critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.sslsocket_class = _Socket
    # The library reads keys from files only. This one proves nothing by itself, and its file is gone at once.
    handle, file = tempfile.mkstemp(prefix="tls-", suffix=".pem", dir=journal.store.home.keys)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(
                key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
            stream.write(certificate.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file)
    finally:
        Path(file).unlink()
    return Channel(context, hashlib.sha256(spki).digest())


def client_context() -> ssl.SSLContext:
    """For a caller: every certificate is accepted, and then looked at by `peer_of`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.sslsocket_class = _Socket
    return context


def peer_of(certificate: bytes | None) -> Peer:
    """The device that showed this certificate (DER). Raises `NotADesk` when it is no desk's, or not its own."""
    from cryptography import x509

    try:
        read = x509.load_der_x509_certificate(certificate or b"")
        extension: Any = read.extensions.get_extension_for_oid(x509.ObjectIdentifier(_EXTENSION)).value
        proof = msgspec.msgpack.decode(extension.value, type=_Proof)
        spki = _spki(read.public_key())
    except (ValueError, x509.ExtensionNotFound, msgspec.DecodeError) as why:
        raise NotADesk from why
    if not signed(proof.public_key, proof.signature, _STATEMENT + spki):
        raise NotADesk
    return Peer(proof.device, proof.public_key, hashlib.sha256(spki).digest())


def _spki(public_key: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization

    encoded: bytes = public_key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded
