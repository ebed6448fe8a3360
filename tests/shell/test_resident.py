"""A resident's stay at a PC, from the first tile to the wipe: nothing of theirs is left, on the disk or in memory."""

from __future__ import annotations

import gc
import tempfile
import threading
import tkinter
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock, local_date
from akimat_desk.base.paths import Home
from akimat_desk.people.session import Session, Wiped
from akimat_desk.service import find_services
from akimat_desk.shell.opening import open_desk
from akimat_desk.shell.screens.home import LANGUAGE
from akimat_desk.store import Store
from akimat_desk.ui.collector import collect_all
from akimat_desk.ui.idle import GRACE, WARN_AFTER
from akimat_desk.ui.overlay import Dialog
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box
from printing import actions
from printing.holding import HOLDING_SET, HoldingSet
from printing.money.prices import PriceTable

from .conftest import OpenApp, Opened, beside, words_of

pytestmark = pytest.mark.screen

IIN = "851107450918"
CONTENT = "Осы хатта тек қана менің сырым жазылған: 7316554"
NAME = "Сырым-хат-7316554.txt"


class FormScreen(Screen):
    """Where a resident types their number."""

    name = "test.form"

    def __init__(self) -> None:
        self.typed = ""

    def build(self, body: Box, stage: Stage) -> None:
        Field(body, "IIN", self.typed, self._keep, groups=(6, 6), name="iin").pack()

    def _keep(self, value: str) -> None:
        self.typed = value


def _begin(opened: Opened) -> Session:
    """A session with the first tile open."""
    opened.hands.press("tile-0")
    opened.hands.wait(lambda: opened.app.resident.session is not None, "a session")
    session = opened.app.resident.session
    assert session is not None
    return session


def _ring(opened: Opened, clock: FixedClock, seconds: float) -> None:
    """Let time pass, then let the idle check look at the clock as its timer would."""
    clock.pass_seconds(seconds)
    assert opened.app.window.idle is not None
    opened.app.window.idle._ring()


def _says(opened: Opened, code: str) -> list[str]:
    return [text for text in opened.texts if code in text]


class TestTheIdleCheck:
    def test_a_person_who_is_away_is_asked_and_may_stay(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(village).ready()
        session = _begin(opened)
        _ring(opened, clock, WARN_AFTER - 1)
        assert opened.app.window.topmost is opened.app.window.page
        _ring(opened, clock, 1)
        assert isinstance(opened.app.window.topmost, Dialog)
        _ring(opened, clock, GRACE - 1)
        opened.hands.press("stay")
        assert opened.app.window.topmost is opened.app.window.page
        assert opened.app.resident.session is session
        _ring(opened, clock, WARN_AFTER - 1)
        assert opened.app.window.topmost is opened.app.window.page

    def test_a_minute_after_the_question_everything_is_erased(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(village).ready()
        session = _begin(opened)
        (session.folder / NAME).write_text(CONTENT, encoding="utf-8")
        _ring(opened, clock, WARN_AFTER)
        _ring(opened, clock, GRACE)
        assert opened.app.window.screen.name == "shell.farewell"
        opened.hands.until("continue")
        assert not session.folder.exists()

    def test_the_question_stands_when_another_screen_comes_by_itself(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        """A document that was printed meanwhile shows its last step."""
        opened = open_app(village).ready()
        _begin(opened)
        _ring(opened, clock, WARN_AFTER)
        opened.app.window.go(FormScreen())
        assert isinstance(opened.app.window.topmost, Dialog)
        _ring(opened, clock, 1)
        assert any("59" in text for text in opened.texts)
        opened.hands.press("stay")
        assert opened.app.window.topmost is opened.app.window.page

    def test_who_only_set_the_screen_to_their_liking_is_missed_too(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(village).ready()
        for control in ("language-ru", "larger", "theme"):
            opened.hands.press(control)
        _ring(opened, clock, WARN_AFTER)
        _ring(opened, clock, GRACE)
        window = opened.app.window
        assert (window.screen.name, window.language, window.growth, window.dark) == ("shell.home", "kk", 100, False)
        assert window.idle is not None
        assert not window.idle.running

    def test_a_pin_page_that_was_left_goes_back_to_the_home(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(village).ready()
        opened.hands.press("staff")
        opened.hands.shows("shell.sign_in")
        _ring(opened, clock, WARN_AFTER)
        _ring(opened, clock, GRACE)
        assert opened.app.window.screen.name == "shell.home"

    def test_staff_who_signed_in_are_not_asked_after_three_minutes(
        self, village: Home, open_app: OpenApp, clock: FixedClock
    ) -> None:
        opened = open_app(village).ready()
        opened.sign_in()
        opened.hands.shows("shell.today")
        _ring(opened, clock, WARN_AFTER)
        assert opened.app.window.topmost is opened.app.window.page


class TestFinishing:
    def test_with_nothing_to_lose_nothing_is_asked(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        opened.hands.press("language-ru")
        opened.hands.press("finish")
        assert opened.app.window.topmost is opened.app.window.page
        assert (opened.app.window.screen.name, opened.app.window.language) == ("shell.home", "kk")

    def test_a_session_ends_after_a_question(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        session = _begin(opened)
        opened.hands.press("finish")
        opened.hands.press("safe")
        assert opened.app.resident.session is session
        opened.hands.press("finish")
        opened.hands.press("danger")
        opened.hands.shows("shell.farewell")
        opened.hands.press("continue")
        assert opened.app.window.screen.name == "shell.home"
        assert _begin(opened).id != session.id

    def test_the_farewell_speaks_as_the_session_did_and_the_next_home_is_kazakh_again(
        self, village: Home, open_app: OpenApp
    ) -> None:
        opened = open_app(village).ready()
        window = opened.app.window
        _begin(opened)
        for control in ("language-ru", "larger", "theme"):
            opened.hands.press(control)
        opened.hands.press("finish")
        assert "Да, стереть" in opened.texts
        opened.hands.press("danger")
        opened.hands.until("continue")
        assert "Ваши данные на этом компьютере стёрты." in opened.texts
        assert (window.language, window.growth, window.dark) == ("ru", 125, True)
        opened.hands.press("continue")
        assert (window.screen.name, window.language, window.growth, window.dark) == ("shell.home", "kk", 100, False)

    def test_a_session_that_nobody_ended_says_so_in_its_language_too(
        self, village: Home, open_app: OpenApp, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("akimat_desk.shell.screens.farewell.SHOWN_MS", 300)
        opened = open_app(village).ready()
        _begin(opened)
        opened.hands.press("language-en")
        _ring(opened, clock, WARN_AFTER)
        _ring(opened, clock, GRACE)
        opened.hands.until("continue")
        assert "Your data on this computer are erased." in opened.texts
        opened.hands.shows("shell.home")
        assert opened.app.window.language == "kk"

    def test_ready_words_are_read_anew_for_the_second_person_too(
        self, village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = open_app(village).ready()
        for _ in range(2):
            opened.hands.press("language-ru")
            published: list[frozenset[str]] = []
            opened.hands.press("finish")
            monkeypatch.setattr(opened.app.window, "publish", lambda topics, to=published: to.append(frozenset(topics)))
            opened.hands.press("language-ru")
            monkeypatch.undo()
            # What is written on this PC meanwhile (by the keeper, say) is told too.
            assert [topics for topics in published if LANGUAGE in topics] == [frozenset({LANGUAGE})]
            opened.hands.press("finish")

    def test_nobody_begins_until_the_last_one_is_erased(
        self, village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        go_on = threading.Event()
        wipe = Session.wipe

        def slow(session: Session, services: object) -> Wiped:
            assert go_on.wait(20)
            return wipe(session, services)  # type: ignore[arg-type]

        monkeypatch.setattr(Session, "wipe", slow)
        opened = open_app(village).ready()
        _begin(opened)
        opened.app.resident.finish()
        assert opened.app.window.screen.name == "shell.farewell"
        assert "tile-0" not in opened.app.window.page.controls
        opened.hands.press("finish")  # pressed again meanwhile
        opened.hands.press("language-ru")
        assert opened.app.window.screen.name == "shell.farewell"
        go_on.set()
        opened.hands.until("continue")

    def test_two_presses_on_a_tile_begin_one_session(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        tile = opened.app._home.tiles[0]
        opened.app.resident.open_tile(tile)
        opened.app.resident.open_tile(tile)
        opened.hands.wait(lambda: opened.app.resident.session is not None, "a session")
        opened.hands.look(0.2)
        assert len([path for path in village.sessions.iterdir() if path.is_dir()]) == 1

    def test_what_could_not_be_erased_is_told_and_tried_again(
        self, village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = open_app(village).ready()
        session = _begin(opened)
        wipe = Session.wipe
        monkeypatch.setattr(Session, "wipe", lambda *_: Wiped(files=1))
        opened.app.resident.finish()
        opened.hands.until("left")
        assert opened.app.window.page.focused() == "continue"
        monkeypatch.setattr(Session, "wipe", wipe)
        opened.hands.press("continue")
        opened.hands.wait(lambda: "left" not in opened.app.window.page.controls, "the end")
        opened.hands.until("continue")
        assert not session.folder.exists()

    def test_the_farewell_goes_by_itself_but_a_warning_stays(
        self, village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("akimat_desk.shell.screens.farewell.SHOWN_MS", 30)
        opened = open_app(village).ready()
        _begin(opened)
        opened.app.resident.finish()
        opened.hands.shows("shell.home")

    def test_a_window_that_is_closed_under_a_resident_wipes_first(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        session = _begin(opened)
        (session.folder / NAME).write_text(CONTENT, encoding="utf-8")
        beside(opened.app.resident.wipe_now)
        assert list(village.sessions.iterdir()) == []


def test_staff_find_the_call_for_help_and_say_that_they_went(village: Home, open_app: OpenApp) -> None:
    opened = open_app(village).ready()
    opened.hands.press("help")
    opened.hands.until("banner")
    opened.sign_in()
    opened.hands.until("went-1")
    assert _says(opened, "10:00") != []
    opened.hands.wait(lambda: opened.app.staff._badges.get("today") == 1, "the badge")
    opened.hands.press("went-1")
    assert "went-1" not in opened.app.window.page.controls
    opened.hands.wait(lambda: opened.app.staff._badges.get("today") == 0, "no badge")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file on a resident's stick."""
    stick = tmp_path / "stick"
    stick.mkdir()
    file = stick / NAME
    file.write_text(CONTENT, encoding="utf-8")
    return file


@pytest.mark.parametrize("hold", [False, True], ids=["printed at once", "waits under a code"])
def test_nothing_of_the_resident_is_left(
    village: Home, open_app: OpenApp, clock: FixedClock, letter: Path, tmp_path: Path, hold: bool
) -> None:
    """The whole way: a file opened, previewed and printed, a number typed, copied and undone; then the search."""
    services = find_services()
    papers = tmp_path / "papers"
    papers.mkdir()
    with open_desk(village, clock=clock, words=words_of(services), services=services) as desk:
        actions.set_prices(desk.journal, PriceTable.of_a4(local_date(clock.now_ms()), 20, 80, 15, 70))
        actions.add_printer(desk.store, name="room", uri=papers.as_uri().replace("file:", "folder:"))
        actions.open_folder(desk.store, letter.parent)
        desk.journal.append(HOLDING_SET, HoldingSet(hold=hold, minutes=120, keep_minutes=0))

    opened = open_app(village).ready()
    window = opened.app.window
    session = _begin(opened)
    opened.hands.press("file-0")
    opened.hands.shows("printing.settings")
    opened.hands.wait(lambda: _says(opened, letter.stem) != [], "the file's name")
    opened.hands.press("continue")
    opened.hands.shows("printing.waiting" if hold else "printing.progress")
    opened.hands.wait(lambda: hold or any(papers.iterdir()), "the paper")
    window.go(FormScreen())
    opened.hands.type("iin", IIN)
    field = window.page.controls["iin"]
    assert isinstance(field, Field)
    field.entry.select_range(0, "end")
    field.entry.event_generate("<<Copy>>")
    assert IIN in window.root.clipboard_get().replace(" ", "")
    del field
    for control in ("language-ru", "larger", "theme"):
        opened.hands.press(control)
    collect_all()  # as when they have read for some minutes: their page is set aside

    opened.app.resident.finish()
    opened.hands.until("continue")

    assert list(village.sessions.iterdir()) == []
    assert not session.folder.exists()
    assert window.root.clipboard_get() == ""
    with pytest.raises(tkinter.TclError):
        window.root.selection_get()
    assert _widgets_saying(window.root, IIN[:6], NAME, CONTENT[:20]) == []
    assert _alive_with(IIN) == []
    elsewhere = [path for path in Path(tempfile.gettempdir()).iterdir() if path not in tmp_path.parents]
    left = _files_with([tmp_path, *elsewhere], IIN, CONTENT, NAME)  # other tests have folders of their own
    assert left == [f"name: {letter}", f"content: {letter}"]  # only their own stick
    waiting = [path for path in village.spool.rglob("*") if path.is_file()]
    assert len(waiting) == hold  # encrypted: it was handed over, and is searched above like everything else
    assert opened.app.desk is not None
    store = opened.app.desk.store
    assert beside(lambda: _rows_with(store, IIN, CONTENT, NAME, letter.stem)) == []
    opened.hands.press("continue")
    assert (window.screen.name, window.language, window.growth, window.dark) == ("shell.home", "kk", 100, False)


def _rows_with(store: Store, *words: str) -> list[str]:
    """Rows of any table of the database that hold one of `words`."""
    with store.read() as db:
        return [
            f"{table}: {word}"
            for table in db.get_tables()
            for row in db.execute_sql(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608  # names of our own tables
            for word in words
            for value in row
            if (isinstance(value, str) and word in value) or (isinstance(value, bytes) and word.encode() in value)
        ]


def _widgets_saying(root: tkinter.Misc, *words: str) -> list[str]:
    """Words in all widgets there are, shown or not, and in the variables Tk keeps for fields."""
    found = []
    todo: list[tkinter.Misc] = [root]
    while todo:
        widget = todo.pop()
        todo += widget.winfo_children()
        said = [str(widget.tk.call(str(widget), "cget", "-text"))] if isinstance(widget, tkinter.Label) else []
        if isinstance(widget, tkinter.Entry):
            said.append(widget.get())
        if isinstance(widget, tkinter.Canvas):
            said += [
                str(widget.tk.call(str(widget), "itemcget", item, "-text"))
                for item in widget.find_all()
                if widget.type(item) == "text"
            ]
        found += [f"{widget}: {text}" for text in said for word in words if word in text.replace(" ", "")]
    variables = root.tk.splitlist(root.tk.call("info", "globals"))
    for name in variables:
        if str(name).startswith("PY_VAR"):
            text = str(root.tk.globalgetvar(str(name)))
            found += [f"{name}: {text}" for word in words if word in text.replace(" ", "")]
    return found


def _alive_with(typed: str) -> list[str]:
    """Our objects that still hold what was typed."""
    gc.unfreeze()
    gc.collect()
    return [
        type(thing).__name__
        for thing in gc.get_objects()
        if isinstance(thing, FormScreen | Field)
        and typed in (getattr(thing, "typed", ""), getattr(thing, "_value", ""))
    ]


def _files_with(folders: list[Path], *words: str) -> list[str]:
    """Files whose name or bytes hold one of `words`, in the encodings a program might use."""
    needles = [word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    found = []
    for path in sorted({path for folder in folders for path in (folder, *folder.rglob("*"))}):
        if any(word in path.name for word in words):
            found.append(f"name: {path}")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles):
            found.append(f"content: {path}")
    return found
