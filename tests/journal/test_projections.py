"""Tables are what the journal says, made by the present code; when that changes they are made anew."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import peewee
import pytest

from akimat_desk.journal import Entry, Facts, Kind, Registry, merge
from akimat_desk.journal.fingerprint import fingerprint
from akimat_desk.journal.journal import ProgramChanged
from akimat_desk.journal.parked import arrived, waiting
from akimat_desk.journal.projections import Cancelled, made_by_of
from akimat_desk.store import Database
from tests.journal.village import COUNTED, KINDS, PROJECTIONS, REGISTRY, Author, Booked, Counted, Named, rows, undone

DAY = date(2026, 11, 20)
PRICE = 10
TABLE: object = {}


class DayRow(peewee.Model):
    day = peewee.DateField(primary_key=True)
    visits = peewee.IntegerField(default=0)

    class Meta:
        table_name = "projections_day"


class WiderRow(peewee.Model):
    day = peewee.DateField(primary_key=True)
    visits = peewee.IntegerField(default=0)
    tenge = peewee.IntegerField(default=0)

    class Meta:
        table_name = "projections_day"


def helper(visits: int) -> int:
    return visits * PRICE


def apply_plain(db: Database, entry: Entry) -> None:
    merge.count(db, entry, DayRow, entry.facts.day, visits=entry.facts.visits)


def apply_with_helper(db: Database, entry: Entry) -> None:
    merge.count(db, entry, DayRow, entry.facts.day, visits=helper(entry.facts.visits))


def apply_with_table(db: Database, entry: Entry) -> None:
    merge.count(db, entry, DayRow, entry.facts.day, visits=len(str(TABLE)))


def registry(apply: Any = apply_plain, row: Any = DayRow, **kind: Any) -> Registry:
    return Registry([Kind("projections.counted", Counted, apply, **kind)], [row])


@pytest.fixture
def made_by(open_journal: Any) -> Any:
    journal = open_journal(REGISTRY)

    def made_by_of_registry(one: Registry) -> dict[str, bytes]:
        with undone(journal) as db:
            found = fingerprint(db, one)
        return {name: found[name] for name in ("kind:projections.counted", "table:projections_day")}

    return made_by_of_registry


# ---- the fingerprint


def test_the_same_code_has_the_same_fingerprint(made_by: Any) -> None:
    assert made_by(registry()) == made_by(registry())


def test_other_code_has_another(made_by: Any) -> None:
    kind = "kind:projections.counted"
    assert made_by(registry())[kind] != made_by(registry(apply_with_helper))[kind]


def test_a_function_that_apply_calls_counts_and_so_does_a_constant_it_reads(
    made_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [made_by(registry(apply_with_helper))]
    monkeypatch.setitem(globals(), "PRICE", 11)
    seen.append(made_by(registry(apply_with_helper)))
    monkeypatch.setitem(globals(), "helper", lambda visits: visits)
    seen.append(made_by(registry(apply_with_helper)))
    assert len({one["kind:projections.counted"] for one in seen}) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"ә": "а"}, {"ә": "а", "ғ": "г"}),
        (["ә"], ["ғ"]),
        ({"ә"}, {"ғ"}),
        (re.compile("ә"), re.compile("ғ")),
        (({"ә": [1]},), ({"ә": [2]},)),
        ({"ә": helper}, {"ә": apply_plain}),
    ],
    ids=["table", "list", "set", "pattern", "within", "functions"],
)
def test_a_table_that_apply_reads_counts(
    made_by: Any, monkeypatch: pytest.MonkeyPatch, before: object, after: object
) -> None:
    seen = []
    for table in (before, before, after):
        monkeypatch.setitem(globals(), "TABLE", table)
        seen.append(made_by(registry(apply_with_table))["kind:projections.counted"])
    assert seen[0] == seen[1]
    assert seen[1] != seen[2]


def test_how_names_are_folded_counts_for_who_is_found_by_them(made_by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are kept folded beside the name: with another folding, everybody must be folded anew."""
    from akimat_desk.base import locale
    from akimat_desk.journal.fingerprint import _digest, _kind
    from akimat_desk.people.entries import RESIDENT_REGISTERED

    before = _digest(_kind(RESIDENT_REGISTERED))
    monkeypatch.setitem(locale._FOLDED, ord("ә"), "е")
    assert _digest(_kind(RESIDENT_REGISTERED)) != before


def test_what_a_function_closes_over_counts_and_so_does_a_class_it_uses(made_by: Any) -> None:
    def factory(price: int) -> Any:
        def apply(db: Database, entry: Entry) -> None:
            merge.count(db, entry, DayRow, entry.facts.day, visits=price)

        return apply

    def using(tariff: type) -> Any:
        def apply(db: Database, entry: Entry) -> None:
            merge.count(db, entry, DayRow, entry.facts.day, visits=tariff().price())

        return apply

    def tariff(price: int) -> type:
        return type("Tariff", (), {"__module__": __name__, "price": (lambda self: 1) if price else (lambda self: 2)})

    kind = "kind:projections.counted"
    assert made_by(registry(factory(1))) == made_by(registry(factory(1)))
    assert made_by(registry(factory(1)))[kind] != made_by(registry(factory(2)))[kind]
    assert made_by(registry(using(tariff(0)))) == made_by(registry(using(tariff(0))))
    assert made_by(registry(using(tariff(0))))[kind] != made_by(registry(using(tariff(1))))[kind]


def test_a_comment_does_not_count(made_by: Any) -> None:
    source = "def apply(db, entry):\n    {}\n    return entry.facts\n"
    made = []
    for line in ("pass", "pass  # a comment\n"):
        scope: dict[str, Any] = {"__name__": "tests.made"}
        exec(source.format(line), scope)  # noqa: S102
        made.append(made_by(registry(scope["apply"])))
    assert made[0] == made[1]


def test_a_new_field_of_the_facts_counts_and_so_does_a_column(made_by: Any) -> None:
    class Wider(Counted, frozen=True):
        rooms: int = 0

    plain = made_by(registry())
    wider = made_by(Registry([Kind("projections.counted", Wider, apply_plain)], [WiderRow]))
    assert plain.keys() == wider.keys()
    assert all(plain[name] != wider[name] for name in plain)


def test_the_kinds_of_this_program_hash_alike_in_every_process() -> None:
    import os
    import subprocess
    import sys
    from pathlib import Path

    program = (
        "import peewee; from akimat_desk.journal import Registry;"
        "from akimat_desk.service import find_services, load_all;"
        "from akimat_desk.journal.fingerprint import fingerprint; doors = find_services();"
        "all = Registry(load_all([d.kinds for d in doors]), load_all([d.projections for d in doors]));"
        "print(sorted(fingerprint(peewee.SqliteDatabase(None), all).items()))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


# ---- what a change does


def test_changed_code_makes_the_tables_anew_at_the_next_start(open_journal: Any) -> None:
    first = registry()
    journal = open_journal(first)
    journal.append(first.kinds["projections.counted"], Counted(day=DAY, visits=3))
    assert rows(journal, "projections_day") == [("2026-11-20", 3)]
    told: list[tuple[int, int]] = []
    again = open_journal(registry(apply_with_helper), progress=lambda done, total: told.append((done, total)))
    assert rows(again, "projections_day") == [("2026-11-20", 30)]
    assert told == [(0, 2), (2, 2)]


def test_what_changed_code_can_apply_waits_no_longer_and_counts_once(open_journal: Any, caplog: Any) -> None:
    def apply_never(db: Database, entry: Entry) -> None:
        raise ZeroDivisionError

    author = Author()
    never, now = registry(apply_never), registry()
    author.write(never.kinds["projections.counted"], Counted(day=DAY, visits=3))
    journal = open_journal(never)
    journal.receive([author.batch()], admit=lambda _: True, keeps_personal=True)
    again = open_journal(now)
    with again.store.write() as db:
        assert waiting(db) == []
        arrived(db, "ZeroDivisionError")
    again.append(now.kinds["projections.counted"], Counted(day=DAY, visits=1))
    assert rows(again, "projections_day") == [("2026-11-20", 4)]
    assert len(caplog.records) == 1


def test_unchanged_code_leaves_the_tables_alone(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    journal.append(COUNTED, Counted(day=DAY, visits=3))
    with journal.store.write() as db:
        db.execute_sql("UPDATE village_day SET visits = 99")
    assert rows(open_journal(REGISTRY), "village_day", "visits") == [(99,)]


def test_a_new_service_gets_its_tables_beside_the_old_ones(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    with journal.store.write() as db:
        db.execute_sql("INSERT INTO village_day VALUES ('2026-11-20', 99, 0)")
    counted = Kind("projections.counted", Counted, apply_plain)
    grown = open_journal(Registry([*KINDS, counted], [*PROJECTIONS, DayRow]))
    assert rows(grown, "village_day", "visits") == [(99,)]
    grown.append(counted, Counted(day=DAY, visits=1))
    assert rows(grown, "projections_day", "visits") == [(1,)]


def test_the_tables_of_a_service_that_left_are_dropped(open_journal: Any) -> None:
    open_journal(registry())
    without = open_journal(Registry())
    with without.store.read() as db:
        assert "projections_day" not in db.get_tables()


def test_a_window_left_open_over_an_update_writes_nothing_by_the_old_rules(open_journal: Any) -> None:
    old = registry()
    window = open_journal(old)
    open_journal(registry(apply_with_helper))
    with pytest.raises(ProgramChanged):
        window.append(old.kinds["projections.counted"], Counted(day=DAY, visits=3))


# ---- replay


def test_a_replay_gives_back_what_the_journal_says(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    journal.append(COUNTED, Counted(day=DAY, visits=3))
    before = journal.table_hashes()
    with journal.store.write() as db:
        db.execute_sql("UPDATE village_day SET visits = 99")
    assert journal.table_hashes() != before
    assert journal.replay() == 2
    assert journal.table_hashes() == before


def test_a_replay_that_is_stopped_changes_nothing(open_journal: Any) -> None:
    journal = open_journal(REGISTRY)
    journal.append(COUNTED, Counted(day=DAY, visits=3))
    with journal.store.write() as db:
        db.execute_sql("UPDATE village_day SET visits = 99")
    with pytest.raises(Cancelled):
        journal.replay(cancel=lambda: True)
    assert rows(journal, "village_day", "visits") == [(99,)]
    with journal.store.read() as db:
        assert made_by_of(db) == fingerprint(db, REGISTRY)


# ---- versions


class OldCounted(Facts, frozen=True):
    day: date
    people: int


def test_facts_of_an_older_version_are_read_as_the_newest(open_journal: Any) -> None:
    def renamed(values: dict[str, Any]) -> dict[str, Any]:
        return {"day": values["day"], "visits": values["people"]}

    old = Kind("projections.counted", OldCounted, lambda db, entry: None)
    journal = open_journal(Registry([old], [DayRow]))
    journal.append(old, OldCounted(day=DAY, people=4))
    new = open_journal(registry(version=2, upcasters={1: renamed}))
    assert rows(new, "projections_day") == [("2026-11-20", 4)]


def test_a_new_optional_field_is_read_from_old_entries_as_its_default(open_journal: Any) -> None:
    old = Kind("village.booked", Booked, lambda db, entry: None)
    journal = open_journal(Registry([old]))
    entry = journal.append(old, Booked(slot="1"))
    newer = Kind("village.booked", Booked, lambda db, entry: None, personal=Named)
    with journal.store.read() as db:
        (data,) = db.execute_sql("SELECT bytes FROM journal_entry WHERE id = ?", (entry.id,)).fetchone()
    from akimat_desk.journal.entry import read_header

    assert Registry([newer]).entry(read_header(data), entry.hash, None).personal is None
