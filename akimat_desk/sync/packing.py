"""Bytes on their way: compressed with zstandard, and unpacked only as far as any desk's message goes."""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec
import zstandard

from akimat_desk.journal.kinds import UNDECODABLE
from akimat_desk.sync.errors import NotADesk, TooMuch

_T = TypeVar("_T")
LEVEL: Final = 3  # level 19 saves 7 % for forty times the work
MAX_PACKED: Final = 8 * 1024 * 1024
MAX_UNPACKED: Final = 16 * 1024 * 1024
"""A message holds at most one batch more than `batch.BATCH_BYTES`, and a batch one commit: far below this."""
_WINDOW: Final = 8 * 1024 * 1024


def packed(data: bytes) -> bytes:
    """`data` as it travels."""
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def understood(decoder: msgspec.msgpack.Decoder[_T], data: bytes) -> _T:
    """What `data` says; raises `NotADesk` when a desk would not say it."""
    try:
        return decoder.decode(data)
    except UNDECODABLE as why:
        raise NotADesk from why


def unpacked(data: bytes) -> bytes:
    """Decompress at most `MAX_UNPACKED` bytes; raises `NotADesk` or `TooMuch`. The frame's own word for its size is
    looked at before any memory is taken, and decompression stops there: a few bytes cannot become gigabytes.
    """
    try:
        size = zstandard.get_frame_parameters(data).content_size
        if size == zstandard.CONTENTSIZE_UNKNOWN or size > MAX_UNPACKED or len(data) > MAX_PACKED:
            raise TooMuch
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        return unpacker.decompress(data, max_output_size=MAX_UNPACKED, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise NotADesk from error
