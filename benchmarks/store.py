"""How fast the store finds, commits, opens and checks; the plain ways of searching run beside ours.

    python benchmarks/store.py [--people 100000] [--json]

People are invented. Each search is one keystroke. "typed": names letter by letter, as people type them (family name,
given name, or both in either order). "letters": every first letter, and every pair of first letters, the hardest there
is. "like" is LIKE over the same index, "fts5" SQLite's full-text index with prefixes; all give the same rows. Times are
of this PC, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from akimat_desk.base.locale import fold, sort_key
from akimat_desk.base.paths import Home
from akimat_desk.store import Database, Migration, Store
from akimat_desk.store.search import WordSearch, words_of

FIND = WordSearch(table="person", key="id", fold="name_fold", sort="name_sort", words="person_word")
ROOTS = (  # noqa: SIM905 (a list of 46 quoted names reads worse)
    "Асан Бек Нұр Ер Жан Сер Қай Мұр Төл Қуан Әбд Ахмет Оспан Иса Жұма Сейт Тұр Бай Құдай Сұлтан Мырза Дос Өмір Рахым "
    "Кәрім Хамит Шәрі Тоқ Смағұл Ибра Қасым Амант Ғали Дәулет Зейн Ілия Көше Лат Мақ Найз Орын Раба Таста Уали Шал Юсуп"
).split()
ENDS = "бек хан бай қали ғали мұрат жан тай дос ман болат тілеу ғазы берген гүл ай құл сұлу".split()  # noqa: SIM905
COMMITS = 200


def tables(db: Database) -> None:
    """The searched table, our words, and the peer's index."""
    db.execute_sql("CREATE TABLE person (id TEXT PRIMARY KEY, name_fold TEXT, name_sort TEXT, phone TEXT, note TEXT)")
    db.execute_sql("CREATE INDEX person_order ON person (name_sort, name_fold, id)")
    db.execute_sql("CREATE TABLE person_word (word TEXT, key TEXT, PRIMARY KEY (word, key)) WITHOUT ROWID")
    db.execute_sql("CREATE VIRTUAL TABLE person_fts USING fts5(name_fold, content='', detail=none, prefix='1 2 3')")
    db.execute_sql("CREATE TABLE done (id INTEGER PRIMARY KEY, what TEXT)")


def invented(people: int, chance: random.Random) -> Iterable[tuple[str, str]]:
    """Ids and names; a few names are common and most are rare, as in life."""
    names = [root + end for root in ROOTS for end in ENDS]
    chance.shuffle(names)
    weights = [1 / (place + 5) for place in range(len(names))]
    for _ in range(people):
        family, given, father = chance.choices(names, weights, k=3)
        ending, child = chance.choice((("ов", "ұлы"), ("ова", "қызы")))
        yield f"{chance.getrandbits(128):032x}", f"{family}{ending} {given} {father}{child}".title()


def fill(store: Store, people: list[tuple[str, str]]) -> None:
    """Put everybody in, in one transaction."""
    with store.write() as db:
        for number, (key, name) in enumerate(people, 1):
            folded = fold(name)
            db.execute_sql("INSERT INTO person VALUES (?, ?, ?, '', ?)", (key, folded, sort_key(name), "x" * 200))
            db.execute_sql("INSERT INTO person_fts (rowid, name_fold) VALUES (?, ?)", (number, folded))
            FIND.put(db, key, folded)


def keystrokes(people: list[tuple[str, str]], chance: random.Random) -> dict[str, list[str]]:
    """What stands in the field after each keystroke of 60 searches; and all first letters and their pairs."""
    fields = []
    for _, name in chance.sample(people, 60):
        family, given, _ = fold(name).split()
        typed = chance.choice((family, given, f"{family} {given}", f"{given} {family}"))
        fields += [typed[:end] for end in range(1, len(typed) + 1) if typed[end - 1] != " "]
    letters = sorted({word[0] for _, name in people for word in fold(name).split()})
    pairs = [f"{one} {two}" for one in letters for two in letters if one < two]
    return {"typed": fields, "letters": letters + pairs}


def with_like(db: Database, field: str) -> tuple[str, ...]:
    """What one writes first."""
    words = words_of(field)
    rows = db.execute_sql(
        "SELECT id FROM person INDEXED BY person_order WHERE "  # noqa: S608
        + " AND ".join(["(name_fold LIKE ? OR name_fold LIKE ?)"] * len(words))
        + " ORDER BY name_sort, id LIMIT 50",
        [part for word in words for part in (f"{word}%", f"% {word}%")],
    )
    return tuple(key for (key,) in rows.fetchall())


def with_fts5(db: Database, field: str) -> tuple[str, ...]:
    """SQLite's own way."""
    rows = db.execute_sql(
        "SELECT person.id FROM person_fts JOIN person ON person.rowid = person_fts.rowid"
        " WHERE person_fts MATCH ? ORDER BY name_sort, id LIMIT 50",
        (" AND ".join(f'"{word}"*' for word in words_of(field)),),
    )
    return tuple(key for (key,) in rows.fetchall())


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def spread(times: list[float]) -> dict[str, float]:
    """Median, 99th percentile and maximum."""
    times = sorted(times)
    return {
        "median": round(times[len(times) // 2], 2),
        "p99": round(times[int(len(times) * 0.99)], 2),
        "max": round(times[-1], 2),
    }


def commit(store: Store, number: int) -> None:
    """One row of 1 KB, committed and on the disk."""
    with store.write() as db:
        db.execute_sql("INSERT INTO done VALUES (?, ?)", (number, "x" * 1000))


def measure(home: Home, count: int) -> dict[str, object]:
    """Everything, on a new desk."""
    chance = random.Random(2026)
    people = list(invented(count, chance))
    migrations = [Migration("benchmark.tables", tables)]
    store = Store.open(home, migrations=migrations, create=True)
    filled = timed(lambda: fill(store, people))
    store.close()

    opened = timed(lambda: Store.open(home, migrations=migrations).close())
    store = Store.open(home, migrations=migrations)
    checked = timed(store.quick_check)
    found = {}
    with store.read() as db:
        for kind, fields in keystrokes(people, chance).items():
            for name, way in (("word search", FIND.find), ("like", with_like), ("fts5", with_fts5)):
                assert [way(db, field) for field in fields] == [FIND.find(db, field) for field in fields]
                found[f"{name}, {kind}"] = spread([timed(lambda w=way, f=field: w(db, f)) for field in fields])  # type: ignore[misc]
    commits = spread([timed(lambda number=number: commit(store, number)) for number in range(COMMITS)])  # type: ignore[misc]
    store.close()
    return {
        "people": count,
        "megabytes": round(home.database.stat().st_size / 1e6, 1),
        "fill": round(filled),
        "open": round(opened, 1),
        "quick check": round(checked, 1),
        "commit": commits,
        "search": found,
    }


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Home(Path(folder) / "desk", Path(folder) / "keys"), arguments.people)
    if arguments.json:
        json.dump(result, sys.stdout, indent=2)
        return
    for name, value in result.items():
        if isinstance(value, dict):
            for inner, figure in value.items():
                print(f"{name:12} {inner:22} {figure}")
        else:
            print(f"{name:12} {value}")


if __name__ == "__main__":
    main()
