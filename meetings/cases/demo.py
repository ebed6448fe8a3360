"""The demo village's appeals: one of them overdue, one disputed, one moved, one that waits for the resident, and one
whose minutes were corrected.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local_date
from akimat_desk.calendar.records import calendar, calendar_of
from meetings.cases import actions, correcting, drafts, records
from meetings.cases.drafts import AssignmentForm

if TYPE_CHECKING:
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.service import Desk
    from meetings.cases.records import Assignment

OFFICIAL = "Серік Болатұлы Жұмабеков, ауылдық округ әкімі"


def village(desk: Desk, by: SignedIn) -> None:
    """Four talks of the last weeks, by this service's own actions."""
    today, days = local_date(desk.clock.now_ms()), calendar(desk.store)

    def talk(
        weeks: int, subject: str, name: str, asked: str, explained: str, *given: tuple[str, str, str]
    ) -> tuple[Assignment, ...]:
        received = days.previous_working(today - timedelta(days=7 * weeks))
        draft = drafts.new(
            desk.clock, received, subject=subject, name=name, address="Абай көшесі, 12-үй", official=OFFICIAL,
            asked=asked, explained=explained, begun=600 + weeks, ended=612 + weeks,
        )  # fmt: skip
        draft.assignments = [AssignmentForm(what, who, days=term) for what, who, term in given]
        case = actions.record(desk.journal, draft, by=by).case
        with desk.store.read() as db:
            return records.assignments_of(db, case.id, calendar_of(db))

    bridge, act = talk(
        3, "roads", "Ерғалиева Бағдат Оразқызы", "Тәуелсіздік көшесіндегі жаяу көпірдің тақтайлары шіріген.",
        "Көпір округ балансында тұр.", ("Көпірдің екі басына уақытша қоршау қою", "Қ. Нұрпейісов", "2"),
        ("Көпірді тексеріп, ақау актісін жасау", "Д. Әлібеков", "10"),
    )  # fmt: skip
    answered = actions.answer(desk.journal, bridge, outcome="done", text="Қоршау мен белгі қойылды.", by=by)
    actions.dispute(desk.journal, answered.assignment, reason="partly", text="Бір басында ғана тұр.", by=by)
    actions.begin(desk.journal, act, by=by)
    (lamp,) = talk(
        2, "water", "Қасымова Гүлсім", "Абай көшесінде төрт шам жанбайды.", "Шам сатып алынды.",
        ("Төрт шамды ауыстыру", "Қ. Нұрпейісов", "15"),
    )  # fmt: skip
    actions.answer(desk.journal, lamp, outcome="done", text="Төрт шам ауыстырылды.", by=by)
    (land,) = talk(
        1, "land", "Тілеуов Мұратбек", "Жер учаскесінің құжаты бір жылдан бері дайын емес.", "Құжат аудан орталығында.",
        ("Жер қатынастары бөліміне сұрау жіберіп, жауап беру", "А. Сәдуақасова", "15"),
    )  # fmt: skip
    until = days.after(land.life.due, 5)
    actions.extend(
        desk.journal, land, until=until, reason="other-body", text="Ауданның жауабы әлі келген жоқ.", by=by
    )  # fmt: skip
    draft = correcting.draft_of(land.case)
    draft.name, why = "Тілеуов Мұратбек Сағатұлы", "Әкесінің аты жазылмай қалған."
    correcting.correct(desk.journal, land.case, draft, why, seen=(), by=by)
