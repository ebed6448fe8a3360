"""A case as a talk leaves it: Bagdat Yergaliyeva asks about a bridge, and three people get something to do."""

from __future__ import annotations

from datetime import date

import pytest

from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings.cases import actions
from meetings.cases.drafts import AssignmentForm, Draft
from meetings.cases.records import Case
from tests.meetings.conftest import Seen, _the_window, administrator, room, seen, window

__all__ = ["Seen", "_the_window", "administrator", "room", "seen", "window"]

TODAY = date(2026, 11, 20)


def the_talk(**other: object) -> Draft:
    """The protocol of the picture, filled in."""
    draft = Draft(
        id="0" * 32,
        received=TODAY,
        ticket="А04",
        name="Ерғалиева Бағдат Оразқызы",
        address="Ақжар ауылы, Тәуелсіздік көшесі, 27-үй",
        subject="roads",
        official="Серік Болатұлы Жұмабеков, Ақжар ауылдық округінің әкімі",
        asked="Тәуелсіздік көшесінің соңындағы жаяу көпірдің тақтайлары шіріген. Балалар мектепке осы көпірмен өтеді."
        " Өтініш иесі көпірді жөндеуді және жөндеу біткенше қауіпсіз өткел ұйымдастыруды сұрайды.",
        explained="Көпір округ балансында тұр. Жөндеуге қажетті қаражат ақау актісі жасалғаннан кейін белгіленеді."
        " Тексеру нәтижесі өтініш иесіне жазбаша хабарланады.",
        begun=645,
        ended=658,
        assignments=[
            AssignmentForm("Көпірдің екі басына уақытша қоршау мен ескерту белгісін қою", "Қ. Нұрпейісов", days="2"),
            AssignmentForm("Көпірді тексеріп, ақау актісін жасау", "Д. Әлібеков", on="27.11.2026", by_date=True),
            AssignmentForm("Өтініш иесіне жазбаша жауап беру", "А. Сәдуақасова", days="15"),
            AssignmentForm(),
        ],
    )
    for name, value in other.items():
        setattr(draft, name, value)
    return draft


@pytest.fixture
def case(room: Desk, administrator: SignedIn) -> Case:
    """The talk is recorded."""
    return actions.record(room.journal, the_talk(), by=administrator).case
