"""Search as one types gives what reading every name would give, whichever way it takes inside."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akimat_desk.base.locale import fold, sort_key
from akimat_desk.store import Store, search
from akimat_desk.store.search import WordSearch, words_of

FIND = WordSearch(table="person", key="id", fold="name_fold", sort="name_sort", words="person_word", where="NOT hidden")
NAMES = ["Әлия Сейтқызы", "Асан Серікұлы", "Асанов-Ким Ерлан", "Ғани Әлиев", "Гани Алиев", "100* Ким?", "Ян"]

names = st.lists(st.text("аәбс -*?[", max_size=9), max_size=12, unique=True)
typed = st.text("аәбс -*?[]", max_size=6)


@pytest.fixture
def people(store: Store) -> Store:
    with store.write() as db:
        db.execute_sql(
            "CREATE TABLE person (id TEXT PRIMARY KEY, name_fold TEXT, name_sort TEXT, hidden INT DEFAULT 0)"
        )
        db.execute_sql("CREATE INDEX person_order ON person (name_sort, name_fold, id)")
        db.execute_sql("CREATE TABLE person_word (word TEXT, key TEXT, PRIMARY KEY (word, key)) WITHOUT ROWID")
    return store


def fill(store: Store, people: list[str]) -> None:
    with store.write() as db:
        db.execute_sql("DELETE FROM person")
        db.execute_sql("DELETE FROM person_word")
        for name in people:
            db.execute_sql("INSERT INTO person VALUES (?, ?, ?, 0)", (name, fold(name), sort_key(name)))
            FIND.put(db, name, fold(name))


def find(store: Store, text: str, limit: int = 50) -> list[str]:
    with store.read() as db:
        return list(FIND.find(db, fold(text), limit))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ал", ["Әлия Сейтқызы", "Гани Алиев", "Ғани Әлиев"]),
        ("Сер АСА", ["Асан Серікұлы"]),
        ("с а", ["Асан Серікұлы", "Әлия Сейтқызы"]),
        ("ким", ["Асанов-Ким Ерлан"]),
        ("асанов-ким", ["Асанов-Ким Ерлан"]),
        ("сан", []),
        ("*", []),
        ("?", []),
        ("[а-я]", []),
        ("100*", ["100* Ким?"]),
        ("", ["100* Ким?", "Асан Серікұлы", "Асанов-Ким Ерлан", "Әлия Сейтқызы", "Гани Алиев", "Ғани Әлиев", "Ян"]),
    ],
)
@pytest.mark.parametrize("rare", [0, 1, 1000])
def test_beginnings_of_any_words_in_any_order(
    people: Store, monkeypatch: pytest.MonkeyPatch, text: str, found: list[str], rare: int
) -> None:
    monkeypatch.setattr(search, "_RARE", rare)
    monkeypatch.setattr(search, "_RARE_OF_SEVERAL", rare)
    fill(people, NAMES)
    if text == "ким":
        found = ["100* Ким?", *found]
    assert find(people, text) == found


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, typed, st.sampled_from([(0, 0), (2, 2), (1, 3), (0, 9), (9, 9)]), st.integers(0, 5))
def test_it_finds_what_reading_every_name_finds(
    people: Store, monkeypatch: pytest.MonkeyPatch, given_names: list[str], text: str, rare: tuple[int, int], limit: int
) -> None:
    monkeypatch.setattr(search, "_RARE", rare[0])
    monkeypatch.setattr(search, "_RARE_OF_SEVERAL", rare[1])
    fill(people, given_names)
    slow = [
        name
        for name in sorted(given_names, key=sort_key)
        if all(any(word.startswith(part) for word in words_of(fold(name))) for part in words_of(fold(text)))
    ]
    assert find(people, text, limit) == slow[:limit]


def test_a_renamed_and_a_forgotten_person_are_not_found_by_the_old_name(people: Store) -> None:
    fill(people, ["Асан Серікұлы"])
    with people.write() as db:
        FIND.put(db, "Асан Серікұлы", "хасан серикулы", before="асан серикулы")
        db.execute_sql("UPDATE person SET name_fold = 'хасан серикулы'")
    assert (find(people, "асан"), find(people, "хас сер")) == ([], ["Асан Серікұлы"])
    with people.write() as db:
        FIND.put(db, "Асан Серікұлы", "", before="хасан серикулы")
        assert db.execute_sql("SELECT * FROM person_word").fetchall() == []


def test_the_further_condition_holds_both_ways(people: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(people, NAMES)
    with people.write() as db:
        db.execute_sql("UPDATE person SET hidden = 1 WHERE id = 'Ян'")
    assert find(people, "ян") == []
    monkeypatch.setattr(search, "_RARE_OF_SEVERAL", 0)
    assert find(people, "ян") == []
