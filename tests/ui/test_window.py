"""The window shows screens, keeps what a person set, and forgets the person."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from akimat_desk.base.errors import Refused
from akimat_desk.base.threads import screen_thread
from akimat_desk.base.words import Translator
from akimat_desk.ui.fonts import BOARD, face_of
from akimat_desk.ui.gallery import open_window
from akimat_desk.ui.inspect import find, findings, settle, texts
from akimat_desk.ui.overlay import Dialog
from akimat_desk.ui.samples import SCREENS, Flow, nothing
from akimat_desk.ui.screen import Action, Footer, Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Layer, Text
from akimat_desk.ui.window import Window

pytestmark = pytest.mark.screen


class TestGoing:
    def test_screens_lie_on_each_other_and_back_shows_the_one_below(
        self, window: Window, show: Callable[..., object]
    ) -> None:
        first = show(lambda body, _: Text(body, "first").pack())
        second = show(lambda body, _: Text(body, "second").pack())
        assert "second" in texts(window.page)
        window.back()
        settle(window)
        assert "first" in texts(window.page)
        assert first.calls == ["build", "show", "leave", "build", "show"]  # type: ignore[attr-defined]
        assert second.calls == ["build", "show", "leave"]  # type: ignore[attr-defined]

    def test_a_replaced_screen_is_not_come_back_to(
        self, window: Window, show: Callable[..., object], plain: Callable[..., Screen]
    ) -> None:
        show(lambda body, _: Text(body, "first").pack())
        show(lambda body, _: Text(body, "second").pack())
        window.replace(plain(lambda body, _: Text(body, "third").pack()))
        window.back()
        assert "first" in texts(window.page)

    def test_what_is_known_soon_stands_on_a_screen_from_the_beginning(self, window: Window) -> None:
        class Soon(Screen):
            name, found, built = "soon", "", 0

            def on_enter(self, stage: Stage) -> None:
                stage.run(lambda: "a document", lambda found: self.keep(stage, found), kind="read").deliver_within(30)

            def keep(self, stage: Stage, found: str) -> None:
                self.found = found
                stage.rebuild()  # there is nothing to draw again yet

            def build(self, body: Box, stage: Stage) -> None:
                self.built += 1
                Text(body, self.found).pack()

        screen = Soon()
        window.go(screen)
        assert "a document" in texts(window.page)
        assert screen.built == 1

    def test_an_error_before_the_screen_stands_is_told_on_it(self, window: Window) -> None:
        def fail() -> None:
            raise Refused

        class Failing(Screen):
            name = "failing"

            def on_enter(self, stage: Stage) -> None:
                stage.run(fail, kind="read")

            def build(self, body: Box, stage: Stage) -> None:
                Text(body, "here").pack()

        window.go(Failing())
        settle(window)
        assert window.page.focused() == "banner"
        assert "here" in texts(window.page)

    def test_a_screen_may_give_way_before_it_is_drawn(self, window: Window, plain: Callable[..., Screen]) -> None:
        other = plain(lambda body, _: Text(body, "other").pack())

        class Way(Screen):
            name = "way"

            def on_enter(self, stage: Stage) -> None:
                stage.replace(other)

            def build(self, body: Box, stage: Stage) -> None:
                raise AssertionError("never drawn")

        window.go(Way())
        assert window.screen is other
        assert other.calls == ["build", "show"]  # type: ignore[attr-defined]

    def test_from_the_first_screen_back_leads_nowhere(self, window: Window) -> None:
        before = window.screen
        window.back()
        assert window.screen is before

    def test_escape_is_back(self, window: Window, show: Callable[..., object]) -> None:
        home = window.screen
        show(lambda body, stage: None, footer=Footer(back=Action("Back", window.back)))
        window.root.event_generate("<Escape>")
        assert window.screen is home

    def test_a_stage_that_was_left_has_no_effect(self, window: Window, show: Callable[..., object]) -> None:
        show(lambda body, stage: None)
        left = window.stage
        window.home()
        home = window.screen
        called: list[str] = []
        left.go(home)
        left.back()
        left.toast("late")
        left.after(0, lambda: called.append("late"))
        settle(window)
        assert window.screen is home
        assert called == []
        assert "late" not in texts(window.page)

    def test_a_screen_that_cannot_be_drawn_leaves_the_one_before_it(
        self, window: Window, plain: Callable[..., Screen]
    ) -> None:
        home = window.screen

        def broken(body: Box, _: Stage) -> None:
            raise RuntimeError("broken")

        with pytest.raises(RuntimeError, match="broken"):
            window.go(plain(broken))
        settle(window)
        assert window.screen is home
        find(window.page, "A+").press()
        assert window.growth == 125


class TestSettings:
    @pytest.mark.parametrize("language", ["kk", "ru", "en"])
    def test_languages_are_chosen_by_their_own_names(self, window: Window, language: str) -> None:
        find(window.page, {"kk": "Қазақша", "ru": "Русский", "en": "English"}[language]).press()
        assert window.language == language

    def test_text_grows_and_shrinks_in_steps(self, window: Window) -> None:
        for wanted in (125, 150, 200, 200):
            find(window.page, "A+").press()
            assert window.growth == wanted
        for wanted in (150, 125, 100, 100):
            find(window.page, "A−").press()
            assert window.growth == wanted

    def test_the_theme_button_says_what_it_will_do(self, window: Window) -> None:
        find(window.page, "Night").press()
        assert window.dark
        find(window.page, "Day").press()
        assert not window.dark

    def test_what_was_typed_and_where_the_keyboard_was_survive_every_change(
        self, window: Window, show: Callable[..., object]
    ) -> None:
        typed = {"iin": "900101"}

        def build(body: Box, _: Stage) -> None:
            Field(body, "IIN", typed["iin"], lambda value: typed.update(iin=value), groups=(6, 6), name="iin").pack()
            Button(body, "Other", nothing).pack()

        show(build)
        window.focus("iin")
        settle(window)
        for change in (lambda: window.switch_language("ru"), window.enlarge, window.switch_theme, window.stage.rebuild):
            change()
            settle(window)
            field = window.page.controls["iin"]
            assert isinstance(field, Field)
            assert field.value == "900101"
            assert window.page.focused() == "iin"

    @pytest.mark.parametrize(("went_to", "has_it"), [("", "list"), ("other", "other")])
    def test_what_comes_later_gets_the_keyboard_unless_a_person_went_elsewhere(
        self, window: Window, went_to: str, has_it: str
    ) -> None:
        fetched: list[str] = []

        class Late(Screen):
            name = "late"

            def title(self, t: Translator) -> str:
                return "Late"

            def first_focus(self) -> str:
                return "list"

            def build(self, body: Box, stage: Stage) -> None:
                Button(body, "Other", nothing, name="other").pack()
                for one in fetched:
                    Button(body, one, nothing, name="list").pack()

        window.go(Late())
        settle(window)
        assert window.page.focused() == ""
        window.focus(went_to)
        settle(window)
        fetched.append("Fetched")
        window.stage.rebuild()
        settle(window)
        assert window.page.focused() == has_it

    def test_kept_settings_are_told_when_a_person_changes_them(self, window: Window) -> None:
        told: list[tuple[str, int, bool]] = []
        window.on_settings = lambda: told.append((window.language, window.growth, window.dark))
        window.switch_language("ru")
        window.enlarge()
        window.switch_theme()
        window.show_as("kk", 100, False)
        window.on_settings = None
        assert told == [("ru", 100, False), ("ru", 125, False), ("ru", 125, True)]


class TestFrames:
    def test_a_side_panel_without_room_lies_behind_a_button(self, window: Window) -> None:
        window.show_as("kk", 150, False)
        settle(window)
        assert "18 желтоқсан, жұма" not in texts(window.page)
        find(window.page, "More").press()
        settle(window)
        assert "18 желтоқсан, жұма" in texts(window.topmost)
        find(window.topmost, "Close").press()
        assert window.topmost is window.page

    def test_a_short_panel_stays_in_large_print(self, window: Window) -> None:
        window.go(Flow())
        window.show_as("kk", 200, False)
        settle(window)
        assert "3 бет, тегіні 2" in texts(window.page)

    def test_a_window_of_another_size_is_drawn_for_it(
        self, window: Window, wait_until: Callable[[Callable[[], bool]], None]
    ) -> None:
        def small() -> bool:
            if window.root.geometry().partition("+")[0] != "1024x700":  # a window manager may answer late
                window.root.attributes("-fullscreen", False)
                window.root.geometry("1024x700")
            return window.page.look.scale.base == 0.7 and window.page.winfo_width() == 1024

        wait_until(small)
        settle(window)
        assert findings(window) == []
        window.root.attributes("-fullscreen", True)
        wait_until(lambda: window.page.look.scale.base == 1.0 and window.page.winfo_width() == 1366)

    def test_closing_the_window_asks_whoever_opened_it(self, window: Window) -> None:
        asked: list[str] = []
        window.on_close = lambda: asked.append("close")
        window.root.tk.eval(window.root.protocol("WM_DELETE_WINDOW"))
        assert asked == ["close"]
        window.on_close = None

    def test_a_closed_window_is_not_waited_for_while_another_one_lives(self, window: Window) -> None:
        """Tk leaves its main loop by itself only when the last window of the process is gone."""
        other = open_window(size=None)
        other.root.after(0, other.close)
        other.run()
        assert window.root.winfo_exists() == 1

    def test_what_changes_before_the_first_screen_is_told_to_what_stands_round_all_screens(self) -> None:
        other, told = open_window(size=None), list[frozenset[str]]()
        other.on_publish = told.append
        other.publish(["people.staff"])
        assert told == [frozenset({"people.staff"})]
        other.close()


class TestSaying:
    def test_an_error_stands_in_the_banner_and_has_the_keyboard(
        self, window: Window, show: Callable[..., object]
    ) -> None:
        show(lambda body, _: Text(body, "below").pack())
        window.stage.error(Refused())
        settle(window)
        assert window.page.focused() == "banner"
        assert any("Call a member of staff." in text for text in texts(window.page))

    def test_a_banner_outlives_a_rebuild_and_not_the_screen(self, window: Window, show: Callable[..., object]) -> None:
        show(lambda body, _: None)
        window.stage.say("done", lambda _: "It is saved.")
        window.stage.rebuild()
        settle(window)
        assert "It is saved." in texts(window.page)
        window.home()
        settle(window)
        assert "It is saved." not in texts(window.page)

    def test_a_banner_speaks_the_language_of_the_page_after_a_switch(
        self, window: Window, show: Callable[..., object]
    ) -> None:
        show(lambda body, _: None)
        said = {"kk": "Сақталды.", "ru": "Сохранено.", "en": "It is saved."}
        window.stage.say("done", lambda t: said[t.language])
        window.switch_language("ru")
        settle(window)
        assert said["ru"] in texts(window.page)
        assert said["kk"] not in texts(window.page)

    def test_a_question_is_answered_by_its_buttons(self, window: Window) -> None:
        answers: list[bool] = []
        question = Question("Erase it?", "It cannot be brought back.", "Keep", "Erase")
        for words in ("Keep", "Erase"):
            window.stage.ask(question, answers.append)
            settle(window)
            find(window.topmost, words).press()
        assert answers == [False, True]
        assert window.topmost is window.page

    def test_the_safe_answer_has_the_keyboard_and_is_what_escape_means(self, window: Window) -> None:
        answers: list[bool] = []
        window.stage.ask(Question("Erase it?", "", "Keep", "Erase"), answers.append)
        settle(window)
        assert window.topmost.focused() == "safe"
        window.root.event_generate("<Escape>")
        assert answers == [False]

    @pytest.mark.parametrize("ring", [True, False])
    def test_after_a_question_the_keyboard_is_where_it_was(self, window: Window, ring: bool) -> None:
        window.page.controls["help"].take_focus(quiet=not ring)
        settle(window)
        window.stage.ask(Question("Erase it?", "", "Keep", "Erase"), lambda _: None)
        window.show_as("ru", 100, False)
        settle(window)
        window.root.event_generate("<Escape>")
        settle(window)
        assert window.page.focused() == "help"
        assert window.page.controls["help"].ring_shown is ring

    def test_a_question_stays_when_the_window_is_drawn_again(self, window: Window) -> None:
        answers: list[bool] = []
        window.stage.ask(Question("Erase it?", "", "Keep", "Erase"), answers.append)
        window.show_as("ru", 150, True)
        settle(window)
        find(window.topmost, "Erase").press()
        assert answers == [True]

    def test_a_toast_is_said_above_the_footer(self, window: Window) -> None:
        window.stage.toast("Saved.")
        settle(window)
        assert "Saved." in texts(window.page)


@dataclass(frozen=True)
class Changed:
    topics: tuple[str, ...]


class TestRunning:
    def test_a_write_refreshes_the_screen_that_shows_its_topic(
        self, window: Window, show: Callable[..., object]
    ) -> None:
        screen = show(lambda body, _: None)
        screen.topics = frozenset({"prices"})  # type: ignore[attr-defined]
        results: list[object] = []
        window.stage.run(lambda: Changed(("jobs",)), results.append)
        assert screen.calls == ["build", "show"]  # type: ignore[attr-defined]
        window.stage.run(lambda: Changed(("prices",)), results.append)
        assert screen.calls == ["build", "show", "show"]  # type: ignore[attr-defined]
        assert results == [Changed(("jobs",)), Changed(("prices",))]

    def test_a_refusal_without_its_own_answer_is_shown(self, window: Window) -> None:
        def refuse() -> None:
            raise Refused

        window.stage.run(refuse)
        settle(window)
        assert window.page.focused() == "banner"

    def test_the_screen_is_drawn_while_the_guard_of_its_thread_stands(self, window: Window) -> None:
        """Nothing the window does by itself blocks: pictures, words, layout."""
        with screen_thread():
            for change in (window.enlarge, window.switch_theme, window.home):
                change()
                settle(window)


class TestLasting:
    """A kiosk shows thousands of pages a day."""

    def test_a_page_that_is_gone_leaves_nothing_in_tk_or_python(
        self, window: Window, wait_until: Callable[[Callable[[], bool]], None]
    ) -> None:
        def walk() -> None:
            for make in SCREENS.values():
                window.go(make())
                settle(window)
            window.home()
            settle(window)

        def left() -> tuple[int, int, int]:
            call = window.root.tk.call
            wait_until(lambda: len(call("after", "info")) <= 1)  # the collector's own timer never ends
            gc.unfreeze()  # the collector may have set some of it aside
            gc.collect()
            layers = sum(isinstance(thing, Layer) for thing in gc.get_objects())
            pictures = len(call("image", "names")) - len(window.pictures)
            return len(call("info", "commands")), pictures, layers

        walk()
        before = left()
        walk()
        walk()
        assert [now for now, then in zip(left(), before, strict=True) if now > then] == []


class TestForgetting:
    def test_starting_over_leaves_nothing_of_the_person(self, window: Window, show: Callable[..., object]) -> None:
        show(lambda body, _: Field(body, "IIN", "900101300012", nothing, name="iin").pack())
        field = window.page.controls["iin"]
        assert isinstance(field, Field)
        field.entry.select_range(0, "end")
        field.entry.event_generate("<<Copy>>")
        assert window.root.clipboard_get() == "900101300012"
        window.show_as("en", 200, True)
        window.start_over()
        settle(window)
        assert (window.language, window.growth, window.dark) == ("kk", 100, False)
        assert window.root.clipboard_get() == ""
        assert not any("900101" in text for text in texts(window.page))
        assert window.root.tk.call("info", "commands", ".!layer*entry*") == ""

    def test_an_absent_person_is_asked_with_one_large_answer(
        self, window: Window, wait_until: Callable[[Callable[[], bool]], None]
    ) -> None:
        expired: list[str] = []
        watch = window.watch_idle(lambda: expired.append("wiped"), warn_after=0, grace=60)
        watch.start()
        wait_until(lambda: window.topmost is not window.page)
        settle(window)
        dialog = window.topmost
        assert isinstance(dialog, Dialog)
        assert dialog.focused() == "stay"
        assert dialog.message.cget("text") == "In 60 seconds the session ends and your data are erased."
        find(dialog, "Yes, I am here").press()
        assert window.topmost is window.page
        assert expired == []
        watch.stop()


class TestFunctionKeys:
    def test_a_screen_hears_its_keys_and_none_while_a_question_lies_over_it(
        self, window: Window, show: Callable[..., Screen], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        screen, heard = show(lambda body, _: Button(body, "Call", nothing, key="F2").pack()), list[str]()
        monkeypatch.setattr(screen, "on_key", lambda _, key: heard.append(key), raising=False)
        assert "F2" in texts(window.page)
        window.root.event_generate("<Key-F2>")
        window.ask(Question("Call?", "", "No", "Call"), nothing)
        window.root.event_generate("<Key-F3>")
        assert heard == ["F2"]

    def test_a_board_has_the_whole_window_and_words_that_are_read_from_afar(self) -> None:
        assert min(size for size, _ in BOARD.values()) * 1.4 >= 30
        assert face_of("number", "board") > face_of("number", "resident")
