"""Residents: registered, corrected, found while a name is typed, erased."""

from __future__ import annotations

from random import Random

import pytest

from akimat_desk.base.locale import fold
from akimat_desk.journal import Journal
from akimat_desk.people.demo import synthetic_iin
from akimat_desk.people.details import Details, IinRefused, order_of
from akimat_desk.people.residents import (
    AlreadyRegistered,
    Found,
    ResidentUnknown,
    by_iin,
    change,
    doubles,
    erase,
    find,
    how_many,
    register,
    resident,
)
from akimat_desk.store import Store
from akimat_desk.store.errors import Busy, DiskFull
from tests.store.pages import on_the_disk

BAGDAT = Details("Ерғалиева", "Бағдат", "Оразқызы", "650101500016", "+77015550011", "Абай көшесі, 27-үй")
ALI = Details("Қасымов", "Әлі")


def names(found: Found) -> list[str]:
    return [one.details.full_name for one in found.residents]


def test_who_is_registered_is_in_the_list(journal: Journal, store: Store) -> None:
    bagdat = register(journal, BAGDAT)
    assert resident(store, bagdat.id).details == BAGDAT
    assert how_many(store) == 1


def test_details_are_put_in_order_first(journal: Journal) -> None:
    assert register(journal, Details(" Қасымов ", "Әлі", iin="650101 500016")).details.iin == "650101500016"
    with pytest.raises(IinRefused):
        register(journal, Details("Қасымов", "Әлі", iin="650101500017"))


def test_one_iin_is_one_person(journal: Journal) -> None:
    bagdat = register(journal, BAGDAT)
    with pytest.raises(AlreadyRegistered) as refused:
        register(journal, Details("Басқа", "Адам", iin=BAGDAT.iin))
    assert refused.value.resident == bagdat.id
    assert BAGDAT.iin not in str(refused.value)


def test_without_an_iin_two_people_may_be_called_the_same(journal: Journal, store: Store) -> None:
    register(journal, ALI)
    register(journal, ALI)
    assert how_many(store) == 2
    assert doubles(store) == ()


def test_a_correction_replaces_what_was_seen(journal: Journal, store: Store) -> None:
    ali = register(journal, ALI)
    changed = change(journal, resident(store, ali.id), Details("Қасымов", "Әлі", phone="32145"))
    assert resident(store, ali.id).details == Details("Қасымов", "Әлі", phone="32145")
    change(journal, changed, Details("Қасымұлы", "Әлі"))
    assert resident(store, ali.id).details == Details("Қасымұлы", "Әлі")
    assert names(find(store, "касымов")) == []
    assert names(find(store, "касымулы")) == ["Қасымұлы Әлі"]


def test_a_correction_may_keep_the_own_iin_but_not_take_anothers(journal: Journal, store: Store) -> None:
    bagdat, ali = register(journal, BAGDAT), register(journal, ALI)
    change(journal, bagdat, BAGDAT)
    with pytest.raises(AlreadyRegistered):
        change(journal, ali, Details("Қасымов", "Әлі", iin=BAGDAT.iin))


@pytest.mark.parametrize(
    "typed", ["касым", "ҚАСЫМ", "әлі", "али", "касым ал", "ал касым", "6501", "650101 500", "6501 касым"]
)
def test_found_as_one_types(journal: Journal, store: Store, typed: str) -> None:
    register(journal, Details("Қасымов", "Әлі", iin="650101500016"))
    register(journal, Details("Ерғалиева", "Бағдат"))
    assert names(find(store, typed)) == ["Қасымов Әлі"]


@pytest.mark.parametrize("typed", ["асым", "касымовв", "101500016", "650102"])
def test_not_found_by_other_than_beginnings(journal: Journal, store: Store, typed: str) -> None:
    register(journal, Details("Қасымов", "Әлі", iin="650101500016"))
    assert names(find(store, typed)) == []


def test_the_list_stands_in_kazakh_order_and_says_that_it_goes_on(journal: Journal, store: Store) -> None:
    for surname in ("Үсенов", "Қасым", "Касым", "Әлі", "Али"):
        register(journal, Details(surname, "Адам"))
    assert names(find(store, "", limit=3)) == ["Али Адам", "Әлі Адам", "Касым Адам"]
    assert find(store, "", limit=3).more
    assert not find(store, "", limit=5).more


def test_by_iin(journal: Journal, store: Store) -> None:
    bagdat = register(journal, BAGDAT)
    found = by_iin(store, BAGDAT.iin)
    assert found is not None
    assert found.id == bagdat.id
    assert by_iin(store, synthetic_iin(Random(1))) is None
    assert by_iin(store, "") is None


def test_erased_is_erased_from_every_page_on_the_disk(journal: Journal, store: Store) -> None:
    bagdat = register(journal, BAGDAT)
    change(journal, bagdat, Details("Ерғалиева", "Бағдат", iin=BAGDAT.iin, phone="32145", street="Тәуелсіздік, 5"))
    texts = ("Ерғалиева", "Бағдат", fold("Ерғалиева"), BAGDAT.iin, BAGDAT.phone, "32145", "Абай", "Тәуелсіздік")
    assert all(text.encode() in on_the_disk(store) for text in texts)
    assert erase(journal, bagdat.id) == 2
    left = on_the_disk(store)
    assert [text for text in texts if text.encode() in left] == []
    assert names(find(store, "")) == []
    assert how_many(store) == 0
    with pytest.raises(ResidentUnknown):
        resident(store, bagdat.id)


@pytest.mark.parametrize("trouble", [Busy, DiskFull])
def test_who_is_erased_is_erased_though_the_disk_has_trouble_right_after(
    journal: Journal, store: Store, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    """Nobody may read "nothing was saved"; the keeper empties the log later."""
    bagdat = register(journal, BAGDAT)

    def fail() -> bool:
        raise trouble

    monkeypatch.setattr(store, "empty_log", fail)
    assert erase(journal, bagdat.id) == 1
    assert how_many(store) == 0


def test_erasing_leaves_the_journal_whole_and_others_untouched(journal: Journal, store: Store) -> None:
    bagdat, ali = register(journal, BAGDAT), register(journal, ALI)
    erase(journal, bagdat.id)
    assert journal.verify() == []
    assert names(find(store, "")) == ["Қасымов Әлі"]
    assert resident(store, ali.id).details == ALI


def test_a_replay_gives_the_same_lists(journal: Journal, store: Store) -> None:
    bagdat, ali = register(journal, BAGDAT), register(journal, ALI)
    change(journal, ali, Details("Қасымұлы", "Әлі"))
    erase(journal, bagdat.id)
    before = journal.table_hashes()
    journal.replay()
    assert journal.table_hashes() == before
    assert names(find(store, "касым")) == ["Қасымұлы Әлі"]


def test_who_is_not_there_can_be_neither_changed_nor_erased(journal: Journal) -> None:
    bagdat = register(journal, BAGDAT)
    erase(journal, bagdat.id)
    with pytest.raises(ResidentUnknown):
        change(journal, bagdat, ALI)
    with pytest.raises(ResidentUnknown):
        erase(journal, bagdat.id)


def test_the_erased_may_come_again(journal: Journal, store: Store) -> None:
    erase(journal, register(journal, BAGDAT).id)
    register(journal, BAGDAT)
    assert names(find(store, "")) == ["Ерғалиева Бағдат Оразқызы"]


def test_the_search_finds_what_reading_everybody_finds(journal: Journal, store: Store) -> None:
    rng = Random(7)
    surnames = ["Қасымов", "Касымова", "Әлиев", "Алиева", "Нұр-Ахмет", "Нуров", "Үсен", "Ұзақ", "Һәкімов", "Ім"]
    given = ["Әлі", "Айгүл", "Бағдат", "Бекзат", "Қанат", "Канат"]
    crowd = [Details(rng.choice(surnames), rng.choice(given), iin=synthetic_iin(rng)) for _ in range(40)]
    for details in crowd:
        register(journal, details)

    def fits(details: Details, typed: str) -> bool:
        words = [*fold(details.full_name).replace("-", " ").split(), details.iin]
        return all(any(word.startswith(part) for word in words) for part in fold(typed).split())

    for typed in ["", "к", "қа", "ахмет", "а б", "б а", "нур", "у", "и", "6", "7", "9 к", crowd[3].iin[:6]]:
        expected = [one.full_name for one in sorted(crowd, key=order_of) if fits(one, typed)]
        assert names(find(store, typed, limit=100)) == expected
