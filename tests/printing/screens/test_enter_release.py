"""From an open desk to the screens of documents that wait: everything wired to what really happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from akimat_desk.base.threads import screen_thread
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import add_first_administrator
from akimat_desk.service import DemoVillage, Desk
from akimat_desk.ui.inspect import settle
from printing import actions, records, room
from printing.demo import village
from printing.ending import end
from printing.held_job import HeldJob
from printing.holding import HOLDING_SET, HoldingSet, holding
from printing.money.entries import TILL_SET, TillSet
from printing.screens import enter, enter_release

from .conftest import Next, Person  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


@pytest.fixture
def demo(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the demo's folder printer, files and prices, and nothing that waits."""
    for name in ("files", "papers"):
        (tmp_path / name).mkdir()
    village(desk, DemoVillage(tmp_path / "files", tmp_path / "papers"))
    here = room.room_of(desk)
    for job in here.held.find().jobs:
        here.held.forget(job.held)
    yield desk
    here.drop_worker()
    here.drop_release_worker()


def hold_one(person: Person, desk: Desk) -> HeldJob:
    """A resident chooses a file and prints."""
    with screen_thread():
        person.comes_to(enter.print_a_document(desk))
        person.presses("Өтініш.pdf")
        person.presses("continue")
        assert person.screen == "printing.waiting"
    (job,) = [job for job in room.room_of(desk).held.find().jobs if job.waits]
    return job


def test_a_document_waits_is_released_by_its_code_and_followed(person: Person, demo: Desk) -> None:
    here = room.room_of(demo)
    job = hold_one(person, demo)
    waiting = person.window.screen
    assert " ".join(job.code) in person.sees()
    assert list(demo.home.sessions.iterdir()) == []
    with screen_thread():
        person.comes_to(enter_release.queue(demo))
        person.types("find", job.code, enter=True)
        settle(person.window)
        assert person.screen == "printing.release"
        assert "40\u00a0₸" in person.sees()
        person.presses("release")
        assert person.screen == "printing.queue"
    (printing,) = [each for each in here.spool.jobs() if each.held]
    assert (printing.code, printing.quote.total, here.held.get(job.held).state) == (job.code, 40, "released")
    with screen_thread():
        person.comes_to(waiting)
        settle(person.window)
        assert person.screen == "printing.progress"


def test_what_is_changed_at_the_desk_is_priced_at_once(person: Person, demo: Desk) -> None:
    here = room.room_of(demo)
    job = hold_one(person, demo)
    with screen_thread():
        person.comes_to(enter_release.queue(demo))
        person.presses("open")
        person.presses("2")  # pages on one side of paper
        assert "20\u00a0₸" in person.sees()
        person.presses("Chosen ones")
        person.types("pages", "2", key_by_key=True)
        person.presses("release")
    (printing,) = [each for each in here.spool.jobs() if each.held]
    assert (printing.quote.pages, here.held.get(job.held).options.layout) == (1, "two")
    here.drop_release_worker()


def test_a_resident_takes_a_slip_or_gives_it_up(person: Person, demo: Desk) -> None:
    job = hold_one(person, demo)
    with screen_thread():
        person.presses("slip")
        person.presses("drop")
        person.presses("danger")
        assert "The document is destroyed" in person.sees()
    assert [paper.title.values for paper in OutTray(demo.store, demo.clock).papers()] == [{"code": job.code}]
    assert room.room_of(demo).held.get(job.held).state == "cancelled"


def test_a_resident_prints_by_the_code_where_the_room_lets_them(person: Person, demo: Desk) -> None:
    demo.journal.append(HOLDING_SET, HoldingSet(hold=True, minutes=120, keep_minutes=10, self_release="all"))
    demo.journal.append(TILL_SET, TillSet(open=True, by="5" * 32))
    here = room.room_of(demo)
    job = hold_one(person, demo)
    assert len(job.code) == 6
    with screen_thread():
        person.comes_to(enter.print_a_document(demo))
        person.presses("code")
        person.types("code", "111", enter=True)
        assert "No document waits under this code. Look at the code again." in person.sees()
        person.entry("code").delete(0, "end")
        person.types("code", job.code, enter=True)
        settle(person.window)
        assert person.screen == "printing.own_release"
        assert {"40\u00a0₸", "Put the money into the box. Thank you!"} <= set(person.sees())
        person.presses("continue")
        assert person.screen == "printing.progress"
    (printing,) = [each for each in here.spool.jobs() if each.held]
    assert (printing.honest, printing.by) == (True, None)
    here.drop_release_worker()


def test_after_a_jam_staff_print_the_page_again(person: Person, demo: Desk) -> None:
    here = room.room_of(demo)
    job = hold_one(person, demo)
    released = here.here().release(job.held, job.options).job.job
    assert released is not None
    end(demo.journal, here.spool, released, "printed", "done")
    with screen_thread():
        person.comes_to(enter_release.queue(demo))
        person.presses("again")
        told = person.sees()
        assert {"It was printed before: nothing more is paid.", "0\u00a0₸"} <= set(told)
        person.presses("release")
    (again,) = [each for each in here.spool.jobs() if each.again]
    assert again.quote.total == 0


def test_the_resident_leaves_and_what_they_handed_over_stays(person: Person, demo: Desk) -> None:
    here = room.room_of(demo)
    job, other = hold_one(person, demo), None
    here.here().release(job.held, job.options)
    other = here.spool.get(here.held.get(job.held).job.job)  # type: ignore[union-attr]
    room.wipe(demo)
    assert here.spool.document(other.job).startswith(b"%PDF")
    assert not here.spool.get(other.job).stop_wanted


def test_an_administrator_changes_the_rules(person: Person, demo: Desk) -> None:
    boss = add_first_administrator(demo.journal, name="Айгүл Сейтқали", pin="482915")
    signed = replace(demo, signed_in=lambda: boss)
    with screen_thread():
        person.comes_to(enter_release.queue(signed))
        person.presses("rules")
        person.presses("Print at once")
        person.presses("8 hours")
        person.presses("Residents too, at this PC")
        person.presses("save")
        assert "The new rules hold from now on." in person.sees()
    with demo.store.read() as db:
        rules = holding(db)
    assert (rules.hold, rules.minutes, rules.self_release, rules.pcs) == (False, 480, "some", (demo.journal.device,))


def test_any_of_many_printers_is_chosen_by_staff_and_by_the_resident(
    person: Person, demo: Desk, tmp_path: Path
) -> None:
    here = room.room_of(demo)
    for number in range(1, 7):
        uri = (tmp_path / str(number)).as_uri().replace("file:", "folder:")
        actions.add_printer(demo.store, name=f"Кабинет № {number}", uri=uri)
    with demo.store.read() as db:
        last = records.printers(db, "paper")[-1]
    job = hold_one(person, demo)
    with screen_thread():
        person.comes_to(enter_release.queue(demo))
        person.presses("open")
        assert last.name not in person.sees()
        person.presses("printer-more")
        person.presses(last.name)
        person.presses("release")
    assert here.held.get(job.held).job.printer == last.id  # type: ignore[union-attr]
    with screen_thread():
        person.presses("more-printers")
        person.presses("Кабинет № 5")
    assert here.held.get(job.held).job.printer == last.id - 1  # type: ignore[union-attr]
    demo.journal.append(HOLDING_SET, HoldingSet(hold=True, minutes=120, keep_minutes=10, self_release="all"))
    own = hold_one(person, demo)
    with screen_thread():
        person.comes_to(enter_release.own_release(demo, own, Next))
        person.presses("printer-more")
        person.presses(last.name)
        person.presses("continue")
    assert here.held.get(own.held).job.printer == last.id  # type: ignore[union-attr]
    here.drop_release_worker()
