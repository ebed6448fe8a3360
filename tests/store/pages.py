"""The pages of a desk's database as they lie on the disk, opened with its key: free ones and older ones too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from akimat_desk.store import Store

PAGE = 4096
RESERVED = 80
"""At the end of each page: its IV (16 bytes) and its HMAC (SQLCipher 4)."""
SALT = 16
WAL_HEADER, FRAME_HEADER = 32, 24


def on_the_disk(store: Store) -> bytes:
    """What somebody who holds the key can read from the database file and its log."""
    database = store.home.database
    return b"".join(_opened(store, page) for page in (*_of_file(database), *_of_log(Path(f"{database}-wal"))))


def _of_file(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    yield bytes(SALT) + data[SALT:PAGE]
    yield from (data[start : start + PAGE] for start in range(PAGE, len(data), PAGE))


def _of_log(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    for start in range(WAL_HEADER, len(data), FRAME_HEADER + PAGE):
        yield data[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]


def _opened(store: Store, page: bytes) -> bytes:
    iv = page[-RESERVED : -RESERVED + 16]
    cipher = Cipher(algorithms.AES(store.key.key), modes.CBC(iv)).decryptor()
    return cipher.update(page[SALT if page.startswith(bytes(SALT)) else 0 : -RESERVED])
