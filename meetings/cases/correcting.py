"""Minutes that turn out wrong are corrected by an entry that names what it replaces, who corrected, when and why. The
first text stays, and so does every text between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar.records import calendar_of
from akimat_desk.people.staff import working_here
from meetings.cases import drafts, records
from meetings.cases.actions import CaseUnknown, ProtocolForm, TextTooLong, check, in_its_form
from meetings.cases.corrections import CODE_LINES, LINES, line_of
from meetings.cases.drafts import CorrectionDraft, Draft
from meetings.cases.entries import CASE_CORRECTED, LONGEST, CaseCorrected, CorrectedLine, CorrectionWords
from meetings.cases.records import TOPIC, Case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from akimat_desk.journal import Journal
    from akimat_desk.people.staff import SignedIn
    from meetings.cases.actions import Papers

WHY: Final = "why"


class NothingCorrected(Refused):
    """The minutes say the same as before."""

    code = "case-nothing-corrected"
    staff_text = N_("Nothing in the minutes is changed yet.")
    next_text = N_("Change what is wrong.")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The case as it counts now."""

    case: Case
    topics: tuple[str, ...] = (TOPIC, "papers.trays")


def draft_of(case: Case) -> Draft:
    """The minutes as a form that is filled in; it is no draft of new ones."""
    return Draft(
        id=case.id,
        received=case.received,
        assignments=[],
        **{line: getattr(case, line) for line in LINES},
    )


def typed_over(case: Case, begun: CorrectionDraft) -> Draft:
    """The minutes as they count now, with what was typed of a correction that was begun."""
    return msgspec.structs.replace(draft_of(case), **{line: begun.lines[line] for line in LINES if line in begun.lines})


def begun_of(case: Case, draft: Draft, why: str, seen: Sequence[str]) -> CorrectionDraft:
    """What is to be kept of a correction that is not written yet."""
    lines: dict[str, str] = {
        line: getattr(draft, line) for line in LINES if getattr(draft, line) != line_of(case, line)
    }
    return CorrectionDraft(case.id, case.number, lines, why, tuple(seen))


def check_correction(draft: Draft, why: str) -> dict[str, Sentence]:
    """What is missing or out of form, by the names of the draft's lines and "why"."""
    wrong = check(draft)
    if not why.strip():
        wrong[WHY] = Sentence(N_("Write why the minutes are corrected."))
    elif len(why) > LONGEST:
        wrong[WHY] = TextTooLong(longest=LONGEST).for_staff
    return wrong


def correct(
    journal: Journal,
    case: Case,
    draft: Draft,
    why: str,
    *,
    seen: Sequence[str],
    by: SignedIn,
    papers: Papers | None = None,
) -> Corrected:
    """The minutes say what `draft` says from now on. `case` and `seen` are what the author had read (`Texts.seen`).

    `papers` lays the new paper into the out-tray in the same commit. Raises `NotAtWork`, `ProtocolForm`,
    `NothingCorrected`.
    """
    wrong = check_correction(draft, why)
    if wrong:
        raise ProtocolForm(wrong)
    written = in_its_form(draft)
    changes = tuple(
        CorrectedLine(line=line, was=line_of(case, line), now=getattr(written, line))
        for line in LINES
        if getattr(written, line) != line_of(case, line)
    )
    if not changes:
        raise NothingCorrected
    lines = tuple(one.line for one in changes)
    codes: dict[str, Any] = {line: getattr(written, line) or None for line in CODE_LINES if line in lines}
    with journal.commit() as commit:
        working_here(commit.db, by)
        facts = CaseCorrected(
            case=case.id,
            on=local_date(journal.clock.now_ms()),
            lines=lines,
            replaces=tuple(seen),
            by=by.staff,
            **codes,
        )
        commit.append(CASE_CORRECTED, facts, CorrectionWords(why=why.strip(), author=by.name, changes=changes))
        drafts.drop_correction(commit.db, case.id)
        found = records.case_of(commit.db, case.id)
        if found is None:
            raise CaseUnknown
        if papers is not None:
            papers(commit.db, found, records.assignments_of(commit.db, case.id, calendar_of(commit.db)))
    return Corrected(found)
