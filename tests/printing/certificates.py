"""Certificates as printers make them for themselves: self-signed, and long expired."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def certificate(folder: Path, name: str) -> Path:
    """A file with a new key and its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "printer.local")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    lasts = (start, start.replace(year=2021))
    unsigned = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), *lasts)
    signed = unsigned.sign(key, hashes.SHA256())
    file = folder / f"{name}.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


def fingerprint_of(file: Path) -> str:
    """SHA-256 of the certificate in `file`, as it is remembered."""
    found = x509.load_pem_x509_certificate(file.read_bytes())
    return hashlib.sha256(found.public_bytes(serialization.Encoding.DER)).hexdigest()
