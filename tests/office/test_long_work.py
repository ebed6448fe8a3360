"""Long work ends in an outcome, can be stopped, and there is one at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.office.backups import last_copy
from akimat_desk.office.care import check_all, copy_to, export_to
from akimat_desk.office.long_work import STOPPED, LongWork, Now, OneAtATime, Outcome
from akimat_desk.service import Desk
from akimat_desk.store.copies import Progress
from akimat_desk.store.errors import NoSuchFile
from akimat_desk.store.recovery import RecoveryKey, keep_seal

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")
DONE = Outcome("done", (Sentence("Done."),))


def nothing(done: int, total: int) -> None:
    """No progress is wanted."""


class TestLongWork:
    def test_while_it_runs_it_says_how_far_it_is(self) -> None:
        work, seen = LongWork(), []

        def action(progress: Progress) -> Outcome:
            seen.append(work.now)
            for step in ((0, 0), (1, 4)):
                progress(*step)
                seen.append(work.now)
            return DONE

        work.run("Copying.", action)
        assert seen == [Now("Copying.", None, False), Now("Copying.", None, False), Now("Copying.", 0.25, False)]
        assert (work.now, work.outcome) == (None, DONE)

    def test_it_stops_at_its_next_step(self) -> None:
        work = LongWork()

        def action(progress: Progress) -> Outcome:
            work.stop()
            assert work.now == Now("Copying.", None, True)
            progress(1, 2)
            return DONE

        work.run("Copying.", action)
        assert work.outcome == Outcome("info", (STOPPED,))
        work.run("Again.", lambda progress: DONE)  # the next one is not stopped
        assert work.outcome == DONE

    def test_a_refusal_is_an_outcome_and_a_bug_is_not(self) -> None:
        work = LongWork()

        def refused(progress: Progress) -> Outcome:
            raise NoSuchFile(file="/stick")

        work.run("Copying.", refused)
        assert work.outcome is not None
        assert (work.outcome.kind, work.outcome.sentences[0].values["file"]) == ("error", "/stick")
        with pytest.raises(ZeroDivisionError):
            work.run("Copying.", lambda progress: Outcome("done", (Sentence(str(1 // 0)),)))
        assert work.now is None

    def test_there_is_one_at_a_time(self) -> None:
        work, begun, go_on = LongWork(), threading.Event(), threading.Event()

        def action(progress: Progress) -> Outcome:
            begun.set()
            go_on.wait(30)
            return DONE

        other = threading.Thread(target=lambda: work.run("Copying.", action))
        other.start()
        assert begun.wait(30)
        with pytest.raises(OneAtATime):
            work.run("Checking.", action)
        go_on.set()
        other.join()
        assert work.outcome == DONE


class TestCare:
    def test_a_copy_names_the_file_and_the_sheet(self, office: Desk, tmp_path: Path) -> None:
        keep_seal(office.home, KEY.seal)
        outcome = copy_to(office, tmp_path, nothing)
        assert outcome.kind == "done"
        name = "akimat-desk-2026-11-20-1000.backup"
        assert outcome.sentences[0].values == {"file": name, "sheet": KEY.seal.sheet}
        assert (tmp_path / name).is_file()

    def test_a_copy_that_is_stopped_leaves_nothing(self, office: Desk, tmp_path: Path) -> None:
        keep_seal(office.home, KEY.seal)
        stick = tmp_path / "stick"
        stick.mkdir()
        work = LongWork()

        def action(progress: Progress) -> Outcome:
            def stop_half_way(done: int, total: int) -> None:
                if done >= 50:
                    work.stop()
                progress(done, total)

            return copy_to(office, stick, stop_half_way)

        work.run("Copying.", action)
        assert work.outcome == Outcome("info", (STOPPED,))
        assert list(stick.iterdir()) == []
        assert last_copy(office.store) is None

    def test_sound_data_are_told_with_their_numbers(self, office: Desk) -> None:
        outcome = check_all(office, nothing)
        assert outcome.kind == "done"
        assert outcome.sentences[1].values == {"chains": 1, "n": 5}

    def test_an_entry_that_was_changed_is_found(self, office: Desk) -> None:
        with office.store.write() as db:
            db.execute_sql("UPDATE journal_entry SET hash = x'00' WHERE seq = 2")
        outcome = check_all(office, nothing)
        assert outcome.kind == "error"

    def test_damage_is_told_with_what_to_do(self, office: Desk) -> None:
        office.store.empty_log()
        with office.home.database.open("r+b") as file:
            file.seek(3 * 4096 + 100)
            file.write(bytes(800))
        outcome = check_all(office, nothing)
        assert outcome.sentences[1].msgid == "Export what can be read, then restore the last backup."

    def test_an_export_warns_that_anybody_can_read_it(self, office: Desk, tmp_path: Path) -> None:
        outcome = export_to(office, tmp_path, nothing)
        assert outcome.kind == "warning"
        assert (tmp_path / "akimat-desk-2026-11-20-1000-export" / "people_staff.csv").is_file()

    def test_a_stick_that_was_pulled_out_does_not_become_a_folder(self, office: Desk, tmp_path: Path) -> None:
        with pytest.raises(NoSuchFile):
            export_to(office, tmp_path / "gone", nothing)
        assert not (tmp_path / "gone").exists()
