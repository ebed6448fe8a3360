"""A printer that is a folder: for tests, and for a room whose printer is broken and whose papers are fetched later.

Each job is two files: `<uuid>.pdf`, and `<uuid>.json` with what was paid for. Both appear whole or not at all, the PDF
last; so a job is there exactly when its PDF is.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from akimat_desk.base.threads import must_not_block
from printing.devices.backend import Capabilities, Document, JobState, JobTicket, PrinterJob, Submitted, Unknown
from printing.devices.errors import AddressRefused, DeviceMisuse, PrinterOffline
from printing.devices.media import SHEETS

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


class FolderBackend:
    """A `PrinterBackend` that writes into `folder`, which must exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def at(cls, uri: str) -> FolderBackend:
        """From folder:///var/prints or folder:///C:/prints; raises `AddressRefused`."""
        parts = urlsplit(uri)
        path = unquote(parts.path) if os.name == "posix" else url2pathname(parts.path)
        if parts.netloc or not Path(path).is_absolute():
            raise AddressRefused(typed=uri)
        return cls(Path(path))

    def probe(self) -> Capabilities:
        """See `PrinterBackend`: it takes everything as PDF."""
        self._present()
        return Capabilities(
            name=self.folder.name,
            model="folder",
            formats=("application/pdf",),
            colour=True,
            colour_modes=("color", "monochrome"),
            sides=("one-sided", "two-sided-long-edge", "two-sided-short-edge"),
            copies_max=999,
            media=SHEETS,
            media_ready=SHEETS,
            page_ranges=True,
            qualities=("draft", "normal", "high"),
            state="idle",
        )

    def validate(self, ticket: JobTicket) -> None:
        """See `PrinterBackend`."""
        self._files(ticket.uuid)
        self._present()

    def submit(
        self, job: JobTicket, document: Document, *, created: Callable[[str], None] | None = None
    ) -> Submitted | Unknown:
        """See `PrinterBackend`. A second hand-over of the same job changes nothing: it is one paper."""
        self._present()
        pdf, ticket = self._files(job.uuid)
        if created is not None:
            created(job.uuid)
        if not pdf.exists():
            content = document.pdf if isinstance(document.pdf, bytes) else document.pdf.read_bytes()
            try:
                _write_whole(ticket, json.dumps(asdict(job), indent=1).encode())
                _write_whole(pdf, content)
            except OSError as why:
                with contextlib.suppress(OSError):
                    ticket.unlink(missing_ok=True)
                raise PrinterOffline(address=str(self.folder)) from why
        return Submitted(job.uuid)

    def find(self, job_uuid: str) -> PrinterJob | None:
        """See `PrinterBackend`."""
        self._present()
        return PrinterJob(job_uuid, "completed", True) if self._files(job_uuid)[0].exists() else None

    def poll(self, handle: str) -> JobState:
        """See `PrinterBackend`: completed while its PDF lies there, gone once somebody took it."""
        self._present()
        return JobState("completed" if self._files(handle)[0].exists() else "gone")

    def cancel(self, handle: str) -> None:
        """See `PrinterBackend`: what lies there has been printed."""
        self._files(handle)

    def _files(self, uuid: str) -> tuple[Path, Path]:
        if not _SAFE.fullmatch(uuid):
            raise DeviceMisuse(detail="a job's uuid is letters, digits and hyphens")
        return self.folder / f"{uuid}.pdf", self.folder / f"{uuid}.json"

    def _present(self) -> None:
        must_not_block("printer folder")
        if not self.folder.is_dir():
            raise PrinterOffline(address=str(self.folder))


def _write_whole(file: Path, content: bytes) -> None:
    part = file.with_name(file.name + ".part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
