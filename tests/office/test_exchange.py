"""How the exchange stands, in sentences: alone, the main PC, one that exchanges, one that does not and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office import checks, today
from akimat_desk.office.exchange import in_short, trouble
from akimat_desk.office.room import room_view
from akimat_desk.service import Desk
from akimat_desk.shell.doctor import said
from akimat_desk.sync import knocks, state
from akimat_desk.sync.errors import KeyWithdrawn, NotAdmitted, TheirTrouble, Unreachable

from .rooms import joined

WORDS = Translator(())
HOST = "0" * 32


def line(desk: Desk) -> tuple[str, str, str]:
    """What the doctor and the overview say."""
    desk.words.switch("en")
    finding = checks.exchange(desk)
    return finding.state, *said(finding, WORDS)


def went_wrong(desk: Desk, error: type[AkimatDeskError]) -> None:
    with desk.store.write() as db:
        state.went_wrong(db, desk.clock.now_ms(), error.code)


@pytest.fixture
def kiosk(office: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A residents' PC that has joined and exchanged just now."""
    with joined(office, tmp_path / "kiosk") as desk:
        yield desk


def test_a_pc_alone_exchanges_with_nobody_and_that_is_well(office: Desk) -> None:
    assert line(office) == ("off", "This PC exchanges with no other one. Everything is kept here.", "")
    assert today.lines(office) == ()


def test_the_main_pc_counts_the_others(office: Desk, kiosk: Desk, clock: FixedClock) -> None:
    assert line(office) == ("works", "This is the main PC. Other PCs that are on: 1 of 1.", "")
    clock.pass_seconds(3600)
    assert line(office)[1] == "This is the main PC. Other PCs that are on: 0 of 1."
    assert today.lines(office) == ()  # what is done at the main PC waits for nobody


def test_a_pc_that_knocks_comes_first(office: Desk, kiosk: Desk) -> None:
    knocks.keep(office.journal, kiosk.journal.device, b"k" * 32)
    assert line(office) == (
        "attention",
        "PCs that ask to be let in again: 1.",
        "Open the page “PCs of the room” and let them in, or turn them away.",
    )


class TestAnOrdinaryPc:
    def test_the_last_exchange_is_told(self, kiosk: Desk) -> None:
        assert line(kiosk) == ("works", "The last exchange with the main PC was at 20.11.2026 10:00.", "")

    def test_a_failure_of_moments_is_no_matter(self, kiosk: Desk, clock: FixedClock) -> None:
        clock.pass_seconds(9 * 60)
        went_wrong(kiosk, Unreachable)
        assert line(kiosk)[0] == "works"
        assert today.lines(kiosk) == ()

    def test_after_ten_minutes_it_is_told_since_when_and_why_and_what_to_do(
        self, kiosk: Desk, clock: FixedClock
    ) -> None:
        clock.pass_seconds(10 * 60 + 1)
        went_wrong(kiosk, Unreachable)
        assert line(kiosk) == (
            "attention",
            f"{Unreachable.staff_text} No exchange since 20.11.2026 10:00: what other PCs have done since then is not"
            " shown here.",
            Unreachable.next_text,
        )

    def test_also_where_nobody_knows_why(self, kiosk: Desk, clock: FixedClock) -> None:
        clock.pass_seconds(3600)
        assert line(kiosk)[1].startswith("No exchange since 20.11.2026 10:00:")
        assert line(kiosk)[2] == "Press “Exchange now” on the page “PCs of the room”."

    @pytest.mark.parametrize("error", [NotAdmitted, KeyWithdrawn])
    def test_what_does_not_pass_by_itself_is_told_at_once(self, kiosk: Desk, error: type[AkimatDeskError]) -> None:
        went_wrong(kiosk, error)
        found = line(kiosk)
        assert found[0] == "attention"
        assert found[1].startswith(error.staff_text)

    def test_residents_see_a_quiet_line_only_after_long(self, kiosk: Desk, clock: FixedClock) -> None:
        assert today.lines(kiosk) == ()
        clock.pass_seconds(10 * 60 + 1)
        kiosk.words.switch("en")
        (quiet,) = today.lines(kiosk)
        assert (quiet.value, quiet.detail) == (
            "Saved on this computer",
            "It will be sent when there is a connection.",
        )
        with kiosk.store.write() as db:
            state.went_well(db, clock.now_ms(), HOST, "127.0.0.1:1", 0, 0)
        assert today.lines(kiosk) == ()

    def test_a_clock_that_was_turned_back_is_no_exchange_of_now(self, kiosk: Desk, clock: FixedClock) -> None:
        clock.pass_seconds(-3600)
        assert line(kiosk)[0] == "attention"


def test_a_room_whose_main_pc_is_unknown_says_what_to_do(office: Desk, kiosk: Desk) -> None:
    """As where the first PC was for residents, and a second one has come."""
    with kiosk.journal.store.write() as db:
        db.execute_sql("DELETE FROM journal_host")
    found = line(kiosk)
    assert found[0] == "attention"
    assert found[1] == "The room has no main PC yet, so nothing is exchanged."


class TestInShort:
    """The two lines beside every staff page."""

    def said(self, desk: Desk) -> tuple[bool, str, str] | None:
        now = in_short(room_view(desk), desk.clock.now_ms())
        return (now.linked, WORDS.say(now.text), WORDS.say(now.detail)) if now else None

    def test_one_pc_has_nothing_to_say(self, office: Desk) -> None:
        assert self.said(office) is None

    def test_of_the_main_pc_and_of_another(self, office: Desk, kiosk: Desk, clock: FixedClock) -> None:
        assert self.said(office) == (True, "Main PC", "Others that are on: 1")
        assert self.said(kiosk) == (True, "Linked", "Last exchange: 20.11.2026 10:00")
        clock.pass_seconds(3600)
        assert self.said(office) == (True, "Main PC", "Others that are on: 0")
        assert self.said(kiosk) == (False, "No link", "Last exchange: 20.11.2026 10:00")


def test_an_error_is_named_by_its_code_and_one_with_values_by_its_code_alone() -> None:
    assert trouble(Unreachable.code) == (Sentence(Unreachable.staff_text), Sentence(Unreachable.next_text))
    assert trouble(TheirTrouble.code)[0] == Sentence(
        "The exchange was broken off (code: {code}).", {"code": TheirTrouble.code}
    )
    assert "never-heard-of" in WORDS.say(trouble("never-heard-of")[0])
