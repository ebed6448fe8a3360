"""Why a job does not come out, as a sentence and a drawing.

A spooled job keeps a short code: one of the printer's reasons ("media-empty") or the code of the error a call ended
with ("printer-not-reached"). Here the code becomes the kind of error again, whose words are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence
from printing.devices.errors import DeviceError, Drawing
from printing.devices.reasons import trouble

if TYPE_CHECKING:
    from printing.spool import SpooledJob

NOTHING: Final = Sentence("")

Standing = Literal["waiting", "printing", "done", "stopped", "failed", "ask"]


@dataclass(frozen=True, slots=True)
class JobStanding:
    """How a job stands, in words for the person at the screen. `drawing` is empty while nothing is in the way."""

    standing: Standing
    text: Sentence
    todo: Sentence = NOTHING
    drawing: Drawing | Literal["", "done"] = ""
    done: int = 0
    total: int = 0

    @property
    def over(self) -> bool:
        """Nothing more will change by itself."""
        return self.standing in ("done", "stopped", "failed", "ask")


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps a job from printing, for the resident and for staff, and what to do."""

    resident: Sentence
    staff: Sentence
    todo: Sentence
    drawing: Drawing


WAITING: Final = Sentence(N_("Your document is in the queue."))
STOPPING: Final = Sentence(N_("Printing is being stopped."))
UNKNOWN: Final = Sentence(N_("We cannot tell whether it printed. Look in the tray and call a member of staff."))
DONE: Final = Sentence(N_("Your document is printed. Take the sheets from the tray."))
SENT: Final = Sentence(N_("Your document has gone to the printer. Take the sheets from the tray."))
"""Where the printer, by its nature, never tells what came out."""
STOPPED: Final = Sentence(N_("Printing was stopped."))
NOT_PRINTED: Final = Sentence(N_("The document was not printed, and there is nothing to pay. Call a member of staff."))
_UNTOLD: Final = "?"


def standing(job: SpooledJob) -> JobStanding:
    """What the resident sees of `job`."""
    total = job.quote.pages
    found = hindrance(job.reason, job.told)
    if job.state == "done":
        words = SENT if job.reason == "sent" else DONE
        return JobStanding("done", words, drawing="done", done=total, total=total)
    if job.state == "stopped":
        return JobStanding("stopped", STOPPED, done=job.printed or 0, total=total)
    if job.state == "failed":
        text, todo = (found.resident, NOT_PRINTED) if found else (NOT_PRINTED, NOTHING)
        return JobStanding("failed", text, todo, found.drawing if found else "staff")
    if job.state == "uncertain":
        return JobStanding("ask", UNKNOWN, drawing="tray")
    moving: Standing = "waiting" if job.state == "waiting" else "printing"
    if job.stop_wanted:
        return JobStanding(moving, STOPPING, total=total)
    if found is not None:
        return JobStanding(moving, found.resident, drawing=found.drawing, done=job.printed or 0, total=total)
    if job.state == "waiting":
        return JobStanding("waiting", WAITING, total=total)
    if job.printed:
        page = min(job.printed, total)
        text = Sentence(N_("Printing: page {page} of {total}"), {"page": page, "total": total})
        return JobStanding("printing", text, done=page, total=total)
    return JobStanding("printing", Sentence(N_("Printing. Pages: {total}."), {"total": total}), total=total)


def hindrance(code: str, told: Mapping[str, str] | None = None) -> Hindrance | None:
    """What stands behind a job's reason; None for "" and for reasons that hinder nothing. `told` fills the words."""
    found = trouble([code]) if code else None
    kind = type(found) if found else next((kind for kind in _kinds(AkimatDeskError) if kind.code == code), None)
    if kind is None:
        return None
    texts = (kind.resident_text, kind.staff_text, kind.next_text)
    blanks = {name: _UNTOLD for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    values = {**blanks, **(found.values if found else {}), **(told or {}), "code": code}
    drawing: Drawing = kind.drawing if issubclass(kind, DeviceError) else "staff"
    resident, staff, todo = (Sentence(text, values) for text in texts)
    return Hindrance(resident, staff, todo, drawing)


def _kinds(kind: type[AkimatDeskError]) -> Iterator[type[AkimatDeskError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
