"""What office's checks say of a sound PC, of one in trouble, and where there is no desk yet."""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import datetime
from pathlib import Path

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office import actions, checks
from akimat_desk.office.backups import back_up_if_due, save_copy
from akimat_desk.office.overview import figures
from akimat_desk.office.service import SERVICE
from akimat_desk.people.details import Details
from akimat_desk.service import Desk, Finding, load
from akimat_desk.store.errors import DatabaseDamaged
from akimat_desk.store.recovery import RecoveryKey, keep_seal

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")
DAY = 86_400.0
ENGLISH = Translator((), "en")
Usage = namedtuple("Usage", "total used free")


def said(finding: Finding) -> tuple[str, str]:
    """The state, and all that is said, in English."""
    values = dict(finding.values)
    words = [ENGLISH.say(Sentence(text, values)) for text in (finding.text, finding.todo) if text]
    return finding.state, " ".join(words)


def test_without_a_desk_only_what_needs_none_is_looked_at() -> None:
    states = {check.run.partition(":")[2]: load(check.run)(None).state for check in SERVICE.checks}
    assert states.pop("fonts") == states.pop("clock") == "works"
    assert set(states.values()) == {"off"}


def test_a_sound_pc_has_nothing_broken(office: Desk) -> None:
    keep_seal(office.home, KEY.seal)
    back_up_if_due(office)
    save_copy(office, office.home.data)
    states = {check.run.partition(":")[2]: load(check.run)(office).state for check in SERVICE.checks}
    assert states.pop("exchange") == "off"
    assert set(states.values()) == {"works"}


class TestDatabase:
    def test_it_is_read_to_the_last_page(self, office: Desk) -> None:
        state, words = said(checks.database(office))
        assert state == "works"
        assert "SQLite 3." in words

    def test_damage_is_the_stores_own_error(self, office: Desk) -> None:
        office.store.empty_log()
        size = office.home.database.stat().st_size
        with office.home.database.open("r+b") as file:
            file.seek(3 * 4096)  # all but the first pages: some of them are in the cache
            file.write(bytes(size - 3 * 4096))
        with pytest.raises(DatabaseDamaged):
            checks.database(office)


class TestJournal:
    def test_a_short_one_is_proved_whole(self, office: Desk) -> None:
        assert said(checks.journal(office)) == ("works", "Every entry was proved: 5.")

    def test_of_a_long_one_the_end_is_looked_at_and_told_as_that(
        self, office: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(checks, "SHORT_JOURNAL", 2)
        assert said(checks.journal(office)) == ("works", "The end is the one this PC wrote. Entries: 5.")

    @pytest.mark.parametrize("short", [2, 2000])
    def test_a_changed_entry_is_found(self, office: Desk, monkeypatch: pytest.MonkeyPatch, short: int) -> None:
        monkeypatch.setattr(checks, "SHORT_JOURNAL", short)
        with office.store.write() as db:
            db.execute_sql("UPDATE journal_entry SET hash = x'00' WHERE seq = (SELECT max(seq) FROM journal_entry)")
        assert checks.journal(office).state == "broken"

    def test_what_waits_for_a_newer_program_is_told(self, office: Desk) -> None:
        with office.store.write() as db:
            db.execute_sql("INSERT INTO journal_parked VALUES (2, 'unknown-kind', 'x', 0)")
        assert said(checks.journal(office))[0] == "attention"


class TestBackup:
    def test_it_begins_with_the_key(self, office: Desk) -> None:
        assert said(checks.backup(office))[1].startswith("This desk has no recovery key yet.")
        assert checks.nightly(office).state == "off"

    def test_a_copy_ages(self, office: Desk, clock: FixedClock, tmp_path: Path) -> None:
        keep_seal(office.home, KEY.seal)
        assert said(checks.backup(office)) == (
            "attention",
            "No copy was saved away from this PC yet. Plug in the USB stick and press “Save a copy”.",
        )
        save_copy(office, tmp_path)
        assert checks.backup(office).state == "works"
        clock.pass_seconds(7 * DAY)
        assert checks.backup(office).state == "works"
        clock.pass_seconds(DAY)
        assert said(checks.backup(office)) == (
            "attention",
            "Days since the last backup: 8. Plug in the USB stick and press “Save a copy”.",
        )

    def test_missed_nights_are_told(self, office: Desk, clock: FixedClock) -> None:
        keep_seal(office.home, KEY.seal)
        assert checks.nightly(office).state == "off"
        back_up_if_due(office)
        assert checks.nightly(office).state == "works"
        clock.pass_seconds(3 * DAY)
        assert checks.nightly(office).state == "attention"


@pytest.mark.parametrize(("free", "state"), [(5_000_000_000, "works"), (900_000_000, "attention"), (9, "broken")])
def test_the_disk(office: Desk, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    assert checks.disk(office).state == state


def test_free_space_is_told_in_gigabytes_as_kazakh_writes_them(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 81_283_000_000))
    assert said(checks.disk(office)) == ("works", "Free: 81,2 GB.")


class TestFonts:
    def test_a_letter_that_is_missing_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("akimat_desk.papers.typefaces.lacking", lambda text, bold=False: "Ә" if bold else "")
        assert said(checks.fonts(None))[1].startswith("The program's font lacks these letters: Ә")

    def test_a_font_that_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(text: str, bold: bool = False) -> str:
            raise FileNotFoundError

        monkeypatch.setattr("akimat_desk.papers.typefaces.lacking", gone)
        assert checks.fonts(None).state == "broken"


class TestKeys:
    def test_a_mark_that_is_gone_is_told(self, office: Desk) -> None:
        (office.home.keys / "journal.mark").unlink()
        assert checks.keys(office).state == "attention"

    def test_keys_inside_the_data_folder_are_told(self, office: Desk) -> None:
        from dataclasses import replace

        inside = replace(office, home=Home(office.home.data, office.home.data / "keys"))
        assert checks.keys(inside).state == "attention"


class TestClock:
    @pytest.mark.parametrize("year", [1970, 2025, 2041, 2099])
    def test_a_year_that_cannot_be(self, office: Desk, clock: FixedClock, year: int) -> None:
        clock.turn_to(datetime(year, 6, 1, 10, tzinfo=KAZAKHSTAN))
        assert said(checks.clock(office)) == (
            "attention",
            f"The clock of this PC says 01.06.{year} 10:00, which cannot be. Set the date and the time of this PC.",
        )

    def test_one_that_is_behind_its_own_entries(self, office: Desk, clock: FixedClock) -> None:
        clock.turn_to(datetime(2026, 11, 19, 10, tzinfo=KAZAKHSTAN))
        assert said(checks.clock(office))[1].startswith(
            "The clock of this PC says 19.11.2026 10:00, but its last entry is of 20.11.2026 10:00."
        )


def test_figures_for_the_overview(office: Desk, tmp_path: Path, clock: FixedClock) -> None:
    actions.register(office, Details("Ерғалиева", "Бағдат"))

    def shown() -> list[tuple[str, str, str]]:
        return [(figure.label, figure.value, figure.state) for figure in figures(office)]

    assert shown() == [
        ("Residents registered", "1", "plain"),
        ("Work here", "1", "plain"),
        ("Days since a copy was saved", "–", "waiting"),
    ]
    keep_seal(office.home, KEY.seal)
    save_copy(office, tmp_path)
    clock.pass_seconds(2 * DAY)
    assert shown()[2] == ("Days since a copy was saved", "2", "plain")


def test_every_check_says_so_itself_and_raises_only_our_errors(office: Desk) -> None:
    for check in SERVICE.checks:
        try:
            finding = load(check.run)(office)
        except AkimatDeskError:  # the doctor turns these into findings
            continue
        assert said(finding)[1]
