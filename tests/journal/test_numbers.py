"""A number that was given is never given again: not by another PC, not after a crash, a backup or another clock."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal, numbers, prefixes
from akimat_desk.journal.append import PromiseBroken
from akimat_desk.journal.batch import BATCH_BYTES, batches_beyond
from akimat_desk.journal.devices import admit, found, trust
from tests.journal.village import COUNTED, REGISTRY, Counted

FRIDAY = date(2026, 11, 20)
TICKET = "village.ticket"


@pytest.fixture
def founder(open_journal: Any) -> Journal:
    """The PC the room was founded on."""
    journal: Journal = open_journal(REGISTRY)
    with journal.commit() as commit:
        found(commit, "desk")
    return journal


@pytest.fixture
def pc(open_journal: Any, another_home: Callable[[str], Home]) -> Callable[[str], Journal]:
    """Further PCs, by name; nobody has let them in."""
    return lambda name: open_journal(REGISTRY, at=another_home(name))


def let_in(by: Journal, who: Journal, use: Any = "kiosk") -> None:
    with by.commit() as commit:
        admit(commit, who.device, who.public_key, use)


def told(by: Journal, who: Journal) -> None:
    """`who` hears all that `by` knows."""
    with by.store.read() as db:
        batches = list(batches_beyond(db.connection(), by.registry, [], "room", BATCH_BYTES))
    with who.store.write() as db:
        trust(db, by.device, by.public_key)
    who.receive(batches, admit=lambda _: True, keeps_personal=True)


def take(journal: Journal, day: date = FRIDAY, series: str = TICKET, then: Callable[[], object] = lambda: None) -> str:
    """A number, and the entry that carries it; `then` may break it off before it is on the disk."""
    with journal.commit() as commit:
        number = numbers.give(commit, series, day)
        commit.append(COUNTED, Counted(day=day, visits=1))
        then()
    return str(number)


def test_the_first_pc_counts_from_one_each_day_and_each_thing_anew(founder: Journal) -> None:
    assert [take(founder) for _ in range(3)] == ["1", "2", "3"]
    assert take(founder, FRIDAY + timedelta(1)) == "1"
    assert take(founder, series="village.window") == "1"
    assert take(founder) == "4"


def test_others_count_behind_a_letter_of_their_own(founder: Journal, pc: Callable[[str], Journal]) -> None:
    first, second = pc("first"), pc("second")
    let_in(founder, first)
    let_in(founder, second)
    for each in (first, second):
        told(founder, each)
    assert [take(first), take(first), take(second), take(founder)] == ["Д1", "Д2", "Е1", "1"]


def test_a_pc_that_is_let_in_again_for_another_use_keeps_its_letter(
    founder: Journal, pc: Callable[[str], Journal]
) -> None:
    kiosk = pc("kiosk")
    for use in ("kiosk", "desk"):
        let_in(founder, kiosk, use)
        told(founder, kiosk)
    assert take(kiosk) == "Д1"


def test_two_staff_pcs_that_let_pcs_in_at_once_give_them_other_letters(
    founder: Journal, pc: Callable[[str], Journal]
) -> None:
    staff, ours, theirs = pc("staff"), pc("ours"), pc("theirs")
    let_in(founder, staff, "desk")
    told(founder, staff)
    let_in(founder, ours)
    let_in(staff, theirs)
    told(founder, ours)
    told(staff, theirs)
    assert [take(ours), take(theirs)] == ["Е1", "ДД1"]


def test_a_pc_nobody_has_let_in_has_letters_no_other_has(pc: Callable[[str], Journal]) -> None:
    one, other = take(pc("one")), take(pc("other"))
    assert one[0] == other[0] == "Я"
    assert one != other


def test_what_is_broken_off_was_not_given(founder: Journal) -> None:
    assert take(founder) == "1"
    with pytest.raises(ZeroDivisionError):
        take(founder, then=lambda: 1 // 0)
    assert take(founder) == "2"


def test_a_number_that_no_entry_holds_is_not_given(founder: Journal) -> None:
    with pytest.raises(PromiseBroken):
        _give_and_write_nothing(founder)
    assert take(founder) == "1"


def _give_and_write_nothing(journal: Journal) -> None:
    with journal.commit() as commit:
        commit.append(COUNTED, Counted(day=FRIDAY, visits=1))
        numbers.give(commit, TICKET, FRIDAY)


def test_a_replay_and_a_clock_that_is_set_back_change_nothing(founder: Journal, clock: FixedClock) -> None:
    assert take(founder) == "1"
    clock.pass_seconds(-86_400)
    founder.replay()
    assert take(founder) == "2"


def test_a_pc_that_lost_its_data_and_kept_its_key_begins_behind_another_letter(
    founder: Journal, pc: Callable[[str], Journal], open_journal: Any
) -> None:
    kiosk = pc("kiosk")
    let_in(founder, kiosk)
    told(founder, kiosk)
    home, given = kiosk.store.home, [take(kiosk)]
    kiosk.store.close()
    shutil.rmtree(home.data)
    home.ensure()
    kiosk = open_journal(REGISTRY, at=home)
    given.append(take(kiosk))  # nobody has told it yet who it is
    told(founder, kiosk)
    given += [take(kiosk), take(kiosk)]
    assert [given[0], *given[2:]] == ["Д1", "ДГ1", "ДГ2"]
    assert len(set(given)) == 4


def test_a_pc_with_another_key_gets_another_letter_when_it_is_let_in(
    founder: Journal, pc: Callable[[str], Journal]
) -> None:
    kiosk = pc("kiosk")
    let_in(founder, kiosk)
    told(founder, kiosk)
    assert take(kiosk) == "Д1"
    kiosk.renew_key()
    drawn = take(kiosk)
    assert drawn[0] == "Д"
    assert len(drawn) == len("ДГГГ1")
    let_in(founder, kiosk)
    told(founder, kiosk)
    assert take(kiosk) == "Е1"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("take"), st.integers(0, 2)),
            st.tuples(st.just("clock"), st.integers(-400_000, 400_000)),
            st.sampled_from([("keep", 0), ("set back", 0), ("crash", 0), ("open again", 0)]),
        ),
        max_size=12,
    )
)
def test_whatever_happens_to_a_pc_no_number_of_a_day_is_given_twice(
    tmp_path_factory: pytest.TempPathFactory, open_journal: Any, clock: FixedClock, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("pc")
    home = Home(folder / "desk", folder / "keys").ensure()
    kept = folder / "kept"
    journal: Journal = open_journal(REGISTRY, at=home)
    with journal.commit() as commit:
        found(commit, "desk")
    given: list[tuple[int, str]] = []

    for what, number in [("take", 0), *steps, ("take", 0)]:
        match what:
            case "take":
                given.append((number, take(journal, FRIDAY + timedelta(number))))
            case "crash":
                with pytest.raises(ZeroDivisionError):
                    take(journal, then=lambda: 1 // 0)
            case "clock":
                clock.pass_seconds(number)
            case _:
                journal.store.close()
                if what == "keep":
                    _copy(home.data, kept)
                elif what == "set back" and kept.exists():
                    _copy(kept, home.data)
                journal = open_journal(REGISTRY, at=home)
    assert len(given) == len(set(given))
    journal.store.close()


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


@given(st.lists(st.tuples(st.sampled_from(["lets in", "is set back"]), st.integers(0, 10)), max_size=60))
def test_no_two_lives_of_any_pcs_ever_have_the_same_letters(steps: list[tuple[str, int]]) -> None:
    """A PC that is set back has forgotten whom it let in, and counts them from the beginning."""
    pcs = [_Life()]
    letters = [""]
    for what, which in steps:
        one = pcs[which % len(pcs)]
        if what == "lets in":
            pcs.append(_Life(prefix=(*one.now, *prefixes.child(one.children))))
            one.children += 1
            letters.append(prefixes.written(pcs[-1].now))
        elif one.number < 110:  # later ones are drawn
            one.number, one.children = one.number + 1, 0
            letters.append(prefixes.written(one.now))
    assert len(letters) == len(set(letters))


class _Life:
    def __init__(self, prefix: tuple[int, ...] = ()) -> None:
        self.prefix, self.number, self.children = prefix, 0, 0

    @property
    def now(self) -> tuple[int, ...]:
        return (*self.prefix, *prefixes.life(self.number))


def test_every_life_that_is_not_drawn_has_its_own_letters() -> None:
    assert len({prefixes.life(number) for number in range(111)}) == 111


def test_no_letter_looks_like_a_digit_or_is_missing_in_kazakh_or_russian() -> None:
    russian = set("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")  # all of them are in the Kazakh alphabet too
    assert set(prefixes.LETTERS) <= russian - set("ОЗЧБВ") - set("ЙЁЩЪЫЬ")
    assert len(set(prefixes.LETTERS)) == len(prefixes.LETTERS)
