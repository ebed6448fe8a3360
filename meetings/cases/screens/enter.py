"""How an opened desk becomes the pages of protocols and assignments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local, local_date
from akimat_desk.calendar.records import calendar_of
from akimat_desk.files import FileStore
from akimat_desk.office.actions import signed_in
from akimat_desk.ui.screen import Screen
from meetings.cases import actions, correcting, drafts, own, printing, records
from meetings.cases.corrections import texts_of
from meetings.cases.drafts import AssignmentForm, CorrectionDraft, Draft
from meetings.cases.rules import Due
from meetings.cases.scans import lying, lying_for
from meetings.cases.screens.assignments import AssignmentsPresenter, AssignmentsScreen, Now
from meetings.cases.screens.assignments import Print as PrintOne
from meetings.cases.screens.case import CaseNow, CasePresenter, CaseScreen
from meetings.cases.screens.case import Print as PrintCase
from meetings.cases.screens.correct import CorrectForm, CorrectScreen
from meetings.cases.screens.own import OwnCaseScreen
from meetings.cases.screens.protocol import ProtocolPresenter, ProtocolScreen
from meetings.cases.screens.step import StepForm, StepScreen, What
from meetings.cases.starting import another_of, earlier, empty_draft, minutes_of

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.cases.records import Assignment, Case


def the_assignments(desk: Desk) -> Screen:
    """The staff's page of assignments."""

    def fetch() -> Now:
        today = local_date(desk.clock.now_ms())
        with desk.store.read() as db:
            days = calendar_of(db)
            corrected = (records.case_of(db, one.case) for one in drafts.kept_corrections(db))
            begun = drafts.kept(db), tuple(filter(None, corrected))
            return Now(records.living(db, days, today), records.ended(db, days), *begun, days, today)

    def print_one(one: Assignment, what: PrintOne) -> object:
        if what == "notice":
            return printing.print_notice(desk, one)
        with desk.store.read() as db:
            mine = records.assignments_of(db, one.case.id, calendar_of(db))
        return printing.print_case(desk, one.case, mine, what)

    return AssignmentsScreen(
        AssignmentsPresenter(
            fetch=fetch,
            begin=lambda one: actions.begin(desk.journal, one, by=signed_in(desk)),
            told=lambda one: actions.told(desk.journal, one, by=signed_in(desk)),
            confirm=lambda one: actions.confirm(desk.journal, one, by=signed_in(desk)),
            print_one=print_one,
            print_agenda=lambda: printing.print_agenda(desk),
            print_reminders=lambda: printing.print_reminders(desk),
            step=partial(_step, desk),
            case=partial(the_case, desk),
            protocol=lambda draft: _protocol(desk, draft or empty_draft(desk)),
        )
    )


def protocol_of(desk: Desk, visit: str) -> Screen:
    """The minutes of a visit: begun, recorded, or new ones that know who has come."""
    return _protocol(desk, empty_draft(desk), partial(minutes_of, desk, visit))


def _another(desk: Desk, read: CaseNow) -> Screen:
    assert read.case.visit is not None
    return _protocol(desk, empty_draft(desk), partial(another_of, desk, read.case.visit))


def own_minutes(desk: Desk, number: str, code: str) -> Callable[[], Screen] | None:
    """What makes the resident's screen of their own appeal (blocks); None where the number is a ticket's.

    Raises `CaseUnknown`, `GuessedTooOften`.
    """
    if not own.is_case_number(number):
        return None
    found = own.look_up(desk, number, code)
    return lambda: OwnCaseScreen(found, partial(own.say, desk))


def the_case(desk: Desk, case: Case) -> Screen:
    """One case with its whole story."""

    def fetch() -> CaseNow:
        with desk.store.read() as db:
            days, now = calendar_of(db), records.case_of(db, case.id) or case
            mine = records.assignments_of(db, case.id, days)
            scanned, texts = len(records.papers_of(db, case.id)), texts_of(db, now)
            begun = drafts.correction_of(db, case.id)
            visit = records.cases_of_visit(db, now.visit) if now.visit else ()
        lying, beside = lying_for(desk, now), tuple(one for one in visit if one.id != now.id)
        return CaseNow(now, mine, scanned, lying, days, local_date(desk.clock.now_ms()), texts, begun, beside)

    def print_one(now: CaseNow, what: PrintCase) -> object:
        if what == "scans":
            return printing.print_scans(desk, now.case)
        return printing.print_case(desk, now.case, now.assignments, what)

    def give(now: CaseNow, one: AssignmentForm) -> object:
        return actions.give(desk.journal, now.case, one, by=signed_in(desk))

    def add_scan(now: CaseNow, number: int) -> object:
        files = FileStore(desk.store, desk.clock)
        return actions.add_scan(desk.journal, files, now.case, number, by=signed_in(desk))

    return CaseScreen(
        CasePresenter(
            fetch,
            print_one,
            give,
            add_scan,
            correct=partial(_correct, desk),
            confirm=lambda one: actions.confirm(desk.journal, one, by=signed_in(desk)),
            dispute=partial(_step, desk, "dispute"),
            another=partial(_another, desk),
            open_case=partial(the_case, desk),
        )
    )


def _correct(desk: Desk, read: CaseNow) -> Screen:
    """The correction of minutes as they were read: one that was begun is gone on with."""
    case, seen = read.case, read.texts.seen
    begun = read.begun or CorrectionDraft(case.id, case.number, seen=seen)

    def save(draft: Draft, why: str) -> object:
        by, lay_in = signed_in(desk), partial(printing.lay_in_minutes, desk, printing.house(desk))
        return correcting.correct(desk.journal, case, draft, why, seen=seen, by=by, papers=lay_in)

    def throw_away() -> object:
        with desk.store.write() as db:
            drafts.drop_correction(db, case.id)
        return None

    return CorrectScreen(
        CorrectForm(
            case,
            correcting.typed_over(case, begun),
            seen,
            save,
            partial(drafts.keep_correction, desk.store, desk.clock),
            throw_away,
            why=begun.why,
            overtaken=begun.seen != seen,
        )
    )


def _protocol(desk: Desk, draft: Draft, fetch: Callable[[], Draft | Case] | None = None) -> Screen:
    def record(written: Draft) -> actions.Recorded:
        by, whose = signed_in(desk), printing.house(desk)
        if written.begun >= 0 and written.ended < 0:
            now = local(desk.clock.now_ms())
            written.ended = max(written.begun, now.hour * 60 + now.minute)
        there = {one.number for one in lying(desk)}  # a chosen scan may have gone to another case meanwhile
        written.scans = tuple(number for number in written.scans if number in there)
        papers, files = partial(printing.lay_in, desk, whose), FileStore(desk.store, desk.clock)
        return actions.record(desk.journal, written, by=by, papers=papers, files=files)

    def throw_away(gone: Draft) -> object:
        with desk.store.write() as db:
            drafts.drop(db, gone.id)
        return None

    return ProtocolScreen(
        ProtocolPresenter(
            draft,
            partial(drafts.keep, desk.store, desk.clock),
            record,
            throw_away,
            lambda: lying(desk),
            partial(the_case, desk),
            fetch,
            find_earlier=partial(earlier, desk),
        )
    )


def _step(desk: Desk, what: What, one: Assignment) -> Screen:
    def save(day: date | None, reason: str, text: str) -> object:
        journal, by = desk.journal, signed_in(desk)
        if what == "answer":
            return actions.answer(journal, one, outcome=reason, text=text, by=by)
        if what == "dispute":
            return actions.dispute(journal, one, reason=reason, text=text, by=by)
        if what == "close":
            return actions.close(journal, one, reason=reason, text=text, by=by)
        assert day is not None
        if what == "extend":
            return actions.extend(journal, one, until=day, reason=reason, text=text, by=by)
        return actions.reopen(journal, one, due=Due(on=day), text=text, by=by)

    return StepScreen(StepForm(what, one, save))
