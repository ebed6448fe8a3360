"""Where secrets lie: one small file each in the desk's key folder, never in the data folder.

Linux: a file only its owner can read. Windows: the same file, its content sealed by the system for this Windows user
(DPAPI, CryptProtectData), so that a copied disk gives nothing away. The store keeps its key ring here, the journal its
signing key.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from akimat_desk.base.paths import Home
from akimat_desk.store.durable import write_file
from akimat_desk.store.errors import faults


class SecretStore(Protocol):
    """Keeps small secrets by name."""

    def read(self, name: str) -> bytes | None:
        """The secret, None when there is none of that name."""
        ...

    def write(self, name: str, secret: bytes) -> None:
        """Keep it; it is on the disk when this returns."""
        ...


class FileSecrets:
    """Secrets as files with mode 0600."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """See `SecretStore`."""
        with faults():
            try:
                return self._reveal((self._folder / name).read_bytes())
            except FileNotFoundError:
                return None

    def write(self, name: str, secret: bytes) -> None:
        """See `SecretStore`."""
        with faults():
            write_file(self._folder / name, self._protect(secret))

    def _protect(self, secret: bytes) -> bytes:
        return secret

    def _reveal(self, kept: bytes) -> bytes:
        return kept


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _UI_FORBIDDEN = 0x1

    class _Blob(ctypes.Structure):
        _fields_ = [("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char))]

    def _crypt(name: str, data: bytes) -> bytes:
        held = ctypes.create_string_buffer(data, len(data))
        given = _Blob(len(data), ctypes.cast(held, ctypes.POINTER(ctypes.c_char)))
        taken = _Blob()
        call = getattr(ctypes.WinDLL("crypt32", use_last_error=True), name)
        if not call(ctypes.byref(given), None, None, None, None, _UI_FORBIDDEN, ctypes.byref(taken)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return ctypes.string_at(taken.data, taken.size)
        finally:
            free = ctypes.WinDLL("kernel32").LocalFree
            free.argtypes = [ctypes.c_void_p]
            free(ctypes.cast(taken.data, ctypes.c_void_p))

    class DpapiSecrets(FileSecrets):
        """Secrets sealed for this Windows user."""

        def _protect(self, secret: bytes) -> bytes:
            return _crypt("CryptProtectData", secret)

        def _reveal(self, kept: bytes) -> bytes:
            return _crypt("CryptUnprotectData", kept)

    _Secrets = DpapiSecrets
else:
    _Secrets = FileSecrets


def secrets_of(home: Home) -> SecretStore:
    """This PC's way of keeping secrets for the desk `home`."""
    return _Secrets(home.keys)
