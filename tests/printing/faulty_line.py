"""The scripted printer without a network: what a call to it meets is drawn from a seed, and what comes out is counted.

The printer's own code (`ScriptedPrinter.obey`) does what is asked; this stands where the socket is, and loses requests
and answers, cuts the power of either side, or has the printer refuse. It knows the truth that no desk can know: how
many times each document lies in the tray.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Final

from printing.devices.errors import (
    AccessRefused,
    DeviceError,
    NotAPrinter,
    NotReached,
    PrinterBusy,
    ReplyLost,
    Unreadable,
)
from printing.devices.ipp.codec import Group, Message, Tag, attribute, decode, encode
from printing.devices.ipp.transport import Address, Body, Patience
from printing.devices.ipp.words import JobStateNumber, Operation, Status
from tests.printing.scripted_printer import FakeJob, Moment, ScriptedPrinter, reply

PAGES: Final = 3
WANTS: Final = (
    "media-empty-error",
    "media-jam-error",
    "cover-open",
    "toner-empty-error",
    "input-tray-missing",
    "output-area-full",
    "media-needed",
    "input-media-size-change-warning",
    "paused",
)
"""What a printer may want in the middle of a job."""

FAULTS: Final = (
    "not reached",
    "request lost",
    "answer lost",
    "garbled",
    "no printer",
    "busy",
    "http busy",
    "password",
    "refused",
    "half refused",
    "reboots before",
    "reboots after",
    "reset, another's job there",
    "desk dies before",
    "desk dies after",
)


class DeskDies(BaseException):
    """The power of the desk went; nothing catches that."""


@dataclass
class FaultyLine:
    """Stands in for `transport.post`. `plan` says which call (counted from 0) meets which fault."""

    seed: int
    printer: ScriptedPrinter
    plan: dict[int, str] = field(default_factory=dict)
    came_out: Counter[str] = field(default_factory=Counter)
    """How often each document lies in the tray, whole, by the name of its job."""
    parts: Counter[str] = field(default_factory=Counter)
    """Pages of documents that did not come out whole."""
    calls: int = 0
    said_ended: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        draw = self.draw = random.Random(self.seed)
        for _ in range(draw.choice((0, 1, 1, 2, 3, 5))):
            self.plan[draw.randrange(12)] = draw.choice(FAULTS)
        self.printer.jobs.clear()
        self.printer.reasons = ("none",)
        self.printer.story = self._story()
        self.printer.cancel_story = self._cancel_story()

    def _story(self) -> tuple[Moment, ...]:
        """How the next documents print: straight on, with a want in the middle, or given up."""
        draw = self.draw
        pages = draw.choice((None, 0, PAGES))
        working = [Moment(JobStateNumber.PROCESSING, impressions=pages and 1)]
        for _ in range(draw.choice((0, 0, 1, 2))):
            working.append(Moment(JobStateNumber.PROCESSING, (draw.choice(WANTS),), impressions=pages and 1))
        if draw.random() < 0.12:
            end = Moment(JobStateNumber.ABORTED, job_reasons=("aborted-by-system",), impressions=pages and 1)
        else:
            end = Moment(JobStateNumber.COMPLETED, impressions=pages)
        return (*working, end)

    def _cancel_story(self) -> tuple[Moment, ...]:
        stopping = Moment(JobStateNumber.PROCESSING, job_reasons=("processing-to-stop-point",), impressions=1)
        ended = Moment(JobStateNumber.CANCELED, job_reasons=("job-canceled-by-user",), impressions=1)
        return (stopping, ended) if self.draw.random() < 0.5 else (ended,)

    # -- the line ---------------------------------------------------------------------------------------------------

    def post(self, address: Address, body: Body, patience: Patience, *, pin: str = "") -> bytes:
        """One request and its answer, or whatever happens instead."""
        fault = self.plan.pop(self.calls, "")
        self.calls += 1
        if fault == "not reached":
            raise NotReached(address=address.text)
        request = decode(b"".join(body.pieces))
        self._happens_before(fault, address)
        refused = self._refusal(fault, request)
        answer = refused if refused is not None else self._obeyed(request, ignoring=fault == "half refused")
        self._happens_after(fault, address)
        return encode(answer)

    def _happens_before(self, fault: str, address: Address) -> None:
        if fault == "request lost":
            raise ReplyLost(address=address.text)
        if fault == "reboots before":
            self._reboot()
        if fault == "reset, another's job there":
            self._reboot()
            self.printer.jobs[1] = FakeJob(
                1, "another's", "", Group(Tag.JOB, ()), now=Moment(JobStateNumber.PROCESSING)
            )
        if fault == "desk dies before":
            raise DeskDies

    def _happens_after(self, fault: str, address: Address) -> None:
        kinds: dict[str, DeviceError] = {
            "answer lost": ReplyLost(address=address.text),
            "garbled": Unreadable(detail="garbled"),
            "no printer": NotAPrinter(address=address.text, detail="HTTP 200"),
            "http busy": PrinterBusy(detail="HTTP 503"),
            "password": AccessRefused(address=address.text),
        }
        if fault in kinds:
            raise kinds[fault]
        if fault == "reboots after":
            self._reboot()
        if fault == "desk dies after":
            raise DeskDies

    def _refusal(self, fault: str, request: Message) -> Message | None:
        """A "no" by IPP. To a document the printer says it with part of it in the tray, now and then."""
        status = {"busy": Status.BUSY, "refused": Status.ATTRIBUTES_OR_VALUES_NOT_SUPPORTED}.get(fault)
        if status is None:
            return None
        job = self.printer._job(request)
        if request.code == Operation.SEND_DOCUMENT and job is not None:
            out = self.draw.choice((0, 0, 1, PAGES))
            self.came_out[job.name] += out == PAGES
            self.parts[job.name] += out % PAGES
            job.now = Moment(JobStateNumber.ABORTED, job_reasons=("aborted-by-system",), impressions=out)
        return reply(request, status)

    def _obeyed(self, request: Message, *, ignoring: bool) -> Message:
        answer = self.printer.obey(request)
        for job in self.printer.jobs.values():
            self._count(job)
        if ignoring and request.code in (Operation.CREATE_JOB, Operation.VALIDATE_JOB):
            ignored = Group(Tag.UNSUPPORTED_GROUP, (attribute("sides", Tag.KEYWORD, "one-sided"),))
            return reply(request, Status.OK_IGNORED_OR_SUBSTITUTED, *answer.groups[1:], ignored)
        return answer

    # -- the truth --------------------------------------------------------------------------------------------------

    def _count(self, job: FakeJob) -> None:
        """A job that ends puts what it printed into the tray, once."""
        if id(job) in self.said_ended or job.now.state < JobStateNumber.CANCELED or job.document is None:
            return
        self.said_ended.add(id(job))
        if job.now.state == JobStateNumber.COMPLETED:
            self.came_out[job.name] += 1
        else:
            self.parts[job.name] += job.now.impressions or 0

    def _reboot(self) -> None:
        """The printer forgets its jobs; the one it worked on may have come out before, or not."""
        for job in self.printer.jobs.values():
            if job.document is not None and job.now.state < JobStateNumber.CANCELED and self.draw.random() < 0.5:
                self.came_out[job.name] += 1
        self._kept = [*getattr(self, "_kept", []), *self.printer.jobs.values()]  # their ids are not given again
        self.printer.jobs = {}
        self.printer.reasons = ("none",)

    def work_off(self) -> None:
        """What the printer still has comes out in the end, whether anybody follows it or not."""
        for job in self.printer.jobs.values():
            if job.document is not None and job.now.state < JobStateNumber.CANCELED and job.name != "another's":
                story = deque(job.story)
                while story:
                    job.now = story.popleft()
                if job.now.state < JobStateNumber.CANCELED:
                    job.now = Moment(JobStateNumber.COMPLETED)
                self._count(job)
