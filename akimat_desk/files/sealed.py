"""A file on the disk: blocks of 32 KB, each sealed by ChaCha20-Poly1305 under the file's own key.

    block   nonce (12 B, random), sealed bytes, tag (16 B); the block's number is authenticated with it

So any part of a large file can be read and written without the rest, and no block can take another's place.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from akimat_desk.files.errors import FileDamaged

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

BLOCK: Final = 32 * 1024
KEY: Final = 32
_NONCE: Final = 12
_MORE: Final = _NONCE + 16


def new_key() -> bytes:
    """A key for one file."""
    return os.urandom(KEY)


def sealed_size(size: int) -> int:
    """How many bytes on the disk `size` bytes take."""
    return size + -(-size // BLOCK) * _MORE


def whole_blocks(on_disk: int) -> int:
    """How many bytes are in the whole blocks among the first `on_disk` bytes of a sealed file."""
    return on_disk // (BLOCK + _MORE) * BLOCK


def write_blocks(stream: BinaryIO, key: bytes, position: int, data: bytes) -> None:
    """Put `data` at `position`, which is the beginning of a block. Only the file's last block may be short."""
    cipher = _cipher(key)
    stream.seek(sealed_size(position))
    view = memoryview(data)
    for start in range(0, len(data), BLOCK):
        nonce = os.urandom(_NONCE)
        number = (position + start) // BLOCK
        stream.write(nonce + cipher.encrypt(nonce, view[start : start + BLOCK], _about(number)))


class SealedReader(io.RawIOBase):
    """The bytes of a sealed file of `size` bytes, from any place. Raises `FileDamaged` where they cannot be read."""

    def __init__(self, file: Path, key: bytes, size: int) -> None:
        self._cipher = _cipher(key)
        self._size = size
        self._at = 0
        try:
            self._stream = file.open("rb", buffering=0)
        except OSError as why:
            raise FileDamaged from why

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """See `io.RawIOBase`."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """See `io.RawIOBase`; at most to the end of a block."""
        target = memoryview(buffer)
        number, skip = divmod(self._at, BLOCK)
        if self._at >= self._size or not len(target):
            return 0
        data = self._block(number)[skip : skip + len(target)]
        target[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()

    def _block(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        length = min(BLOCK, self._size - number * BLOCK)
        try:
            self._stream.seek(number * (BLOCK + _MORE))
            sealed = self._stream.read(length + _MORE)
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _about(number))
        except (OSError, InvalidTag, ValueError) as why:
            raise FileDamaged from why


def reader(file: Path, key: bytes, size: int) -> io.BufferedReader:
    """`SealedReader` with a buffer."""
    return io.BufferedReader(SealedReader(file, key, size), BLOCK)


def _about(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _cipher(key: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key)
