"""The board on the wall: the ticket that is called and its room, those before it, the queue and the time.

Kazakh stands first, Russian under it, whatever the language of the window. What has just been called is turned to gold
for ten seconds, once, with the voice or a short sound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.frames.base import keep_size
from akimat_desk.ui.frames.resident import Band
from akimat_desk.ui.look import look_of
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.surface import Box, Line, Paint, Surface, Text, picture_label
from meetings.day.rules import TOLD, TOLD_VALUES
from meetings.plan import clock_of

if TYPE_CHECKING:
    from akimat_desk.ui.fonts import Role
    from akimat_desk.ui.theme import Token
    from meetings.day.board import BoardCall, BoardNow

FRESH_MS: Final = 10_000
EARLIER: Final = 4
HEADER: Final = 94
BAND: Final = 26
MARGIN: Final = 34
RULES: Final = (TOLD[0], TOLD[2], TOLD[4])
"""What the board says of the order while nobody was called yet; the whole of it hangs on the door."""

ROOM: Final = N_("Room {room}")
CALLED: Final = N_("Called now")
BEFORE: Final = N_("Called before")
BEGINS: Final = N_("The reception begins")
NONE_TODAY: Final = N_("There is no reception today")
NEXT: Final = N_("The next one")
SOON: Final = N_("Wait until your number is called")
OVER: Final = N_("The reception is over")
NO_LINE: Final = N_("No line")
AS_OF: Final = N_("No line, as of {time}")
ORDER: Final = N_("In which order people are called")
NOBODY: Final = N_("Nobody is waiting")
WAIT: Final = N_("People waiting: {n}, the wait: {low}–{high} minutes")
WAIT_UNKNOWN: Final = N_("People waiting: {n}, the wait is not known yet")
ENDS: Final = N_("The reception ends: {time}")
TITLE: Final = N_("Reception of residents")


@dataclass
class BoardPresenter:
    """What is shown. `fetch` blocks; `say` speaks beside everything else, and tells whether there is a voice."""

    fetch: Callable[[], BoardNow]
    time: Callable[[], datetime]
    say: Callable[[str, int], bool]
    leave: Callable[[], object]
    now: BoardNow | None = None
    fresh: bool = False
    """Whether the newest call is not ten seconds old."""

    def take(self, found: BoardNow) -> tuple[BoardCall, ...]:
        """Show `found`; the calls that are new in it, the oldest first. At first there are none: who comes to a board
        that was just switched on is not called again.
        """
        before, self.now = self.now, found
        if before is None or before.day != found.day:
            return ()
        known = {(one.visit, one.called_ms) for one in before.calls}
        return tuple(one for one in reversed(found.calls) if one.waited_for and (one.visit, one.called_ms) not in known)


class BoardScreen(Screen):
    """See the module."""

    name = "meetings.board"
    frame = "board"
    topics = frozenset({"meetings.queue", "meetings.visits", "meetings.plan"})

    def __init__(self, board: BoardPresenter) -> None:
        self.board = board
        self._clock: Text | None = None
        self._calls = 0

    def build(self, body: Box, stage: Stage) -> None:
        """Head, ornament, the call and those before it, foot."""
        px, now = stage.px, self.board.now
        kk, ru = stage.t.in_language("kk"), stage.t.in_language("ru")
        body.columnconfigure(0, weight=1)
        body.rowconfigure(2, weight=1)
        head = Box(body, "surface", height=px(HEADER))
        head.grid(row=0, column=0, sticky="ew")
        keep_size(head)
        self._head(head, stage, kk, ru)
        band = Box(body, height=px(BAND))
        band.grid(row=1, column=0, sticky="ew")
        keep_size(band)
        Band(band, stage.look).pack(fill="both", expand=True)
        if now is None:
            return
        middle = Box(body)
        middle.grid(row=2, column=0, sticky="nsew", padx=px(MARGIN), pady=px(MARGIN - 10))
        middle.rowconfigure(0, weight=1)
        middle.columnconfigure(0, weight=98, uniform="halves")
        middle.columnconfigure(1, weight=83, uniform="halves")
        big = now.calls[0] if now.calls and now.calls[0].now else None
        fresh = self.board.fresh and big is not None
        card = Surface(middle, Paint("gold_tint", text="ink") if fresh else Paint("sky", text="on_sky"))
        card.grid(row=0, column=0, sticky="nsew", padx=(0, px(MARGIN)))
        right = Box(middle)
        right.grid(row=0, column=1, sticky="nsew")
        if big is not None:
            self._call(card, big, kk, ru)
            _before(right, now.calls[1:], kk, ru)
        else:
            _nobody_called(card, now, kk, ru)
            if now.calls:
                _before(right, now.calls[:EARLIER], kk, ru)
            else:
                _rule(right, kk, ru)
        foot = Box(body, "surface", height=px(HEADER))
        foot.grid(row=3, column=0, sticky="ew")
        keep_size(foot)
        _foot(foot, now, self.board.time(), kk, ru)

    def _head(self, head: Box, stage: Stage, kk: Translator, ru: Translator) -> None:
        look, px, at = stage.look, stage.px, self.board.time()
        emblem = look.pictures.emblem(px(72), look.colour("sky"), look.colour("diamond"))
        picture_label(head, emblem).pack(side="left", padx=(px(MARGIN), px(20)))
        _pair(head, kk(TITLE), ru(TITLE), "title").pack(side="left")
        day = self.board.now.day if self.board.now else at.date()
        _pair(head, format_date(day, "kk"), format_date(day, "ru"), "hint").pack(
            side="right", padx=(px(20), px(MARGIN))
        )
        self._clock = Text(head, format_time(at), "flow")
        self._clock.pack(side="right")

    def _call(self, card: Surface, call: BoardCall, kk: Translator, ru: Translator) -> None:
        look, px = look_of(card), look_of(card).px
        ink = card.paint.text
        inside = Box(card)
        inside.pack(fill="both", expand=True, padx=px(40), pady=px(14))
        _pair(inside, kk(CALLED), ru(CALLED), "section", ink, ink).pack(anchor="w")
        number = Text(inside, call.number, "number", ink)
        room = round((look.width - 3 * px(MARGIN)) * 0.98 / 1.81) - 2 * px(48)
        number.configure(font=look.font_within("number", call.number, room))
        if call.room:
            place = Box(inside)
            place.pack(side="bottom", anchor="w")
            picture_label(place, look.icon("arrow-right", 48, ink)).pack(side="left", padx=(0, px(26)))
            _pair(place, kk(ROOM, room=call.room), ru(ROOM, room=call.room), "zone", ink, ink).pack(side="left")
        number.pack(anchor="w", expand=True)

    def on_show(self, stage: Stage) -> None:
        """Look, and go on with the clock."""
        stage.run(self.board.fetch, lambda found: self._show(stage, found), kind="read")
        self._tick(stage)

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Somebody was called, came or went."""
        stage.run(self.board.fetch, lambda found: self._show(stage, found), kind="read")

    def _show(self, stage: Stage, found: BoardNow) -> None:
        board = self.board
        before = board.now
        new = board.take(found)
        if new:
            board.fresh = True
            self._calls += 1
            stage.after(FRESH_MS, lambda call=self._calls: self._settle(stage, call))  # type: ignore[misc]
        if new or before is None or before != found:
            stage.rebuild()
        spoken = [board.say(one.number, one.room) for one in new]
        if new and not all(spoken):
            stage.bell()

    def _settle(self, stage: Stage, call: int) -> None:
        if call == self._calls:
            self.board.fresh = False
            stage.rebuild()

    def _tick(self, stage: Stage) -> None:
        at = self.board.time()
        left = 60_000 - (at.second * 1000 + at.microsecond // 1000)
        stage.after(left + 50, lambda: self._minute(stage))

    def _minute(self, stage: Stage) -> None:
        if self._clock is not None and self._clock.winfo_exists():
            self._clock.say(format_time(self.board.time()))
        self.on_show(stage)

    def on_escape(self, stage: Stage) -> None:
        """Staff want something of this PC."""
        self.board.leave()


def _pair(box: Box | Surface, kk: str, ru: str, role: Role, ink: Token = "ink", under: Token = "ink2") -> Box:
    """Kazakh, and Russian under it."""
    both = Box(box)
    Text(both, kk, role, ink).pack(anchor="w")
    Text(both, ru, "hint", under).pack(anchor="w")
    return both


def _before(box: Box, calls: Sequence[BoardCall], kk: Translator, ru: Translator) -> None:
    """The last four, with their rooms."""
    look, px = look_of(box), look_of(box).px
    if not calls:
        return
    _pair(box, kk(BEFORE), ru(BEFORE), "section").pack(anchor="w")
    for call in calls:
        Line(box).pack(fill="x", pady=px(4))
        row = Box(box)
        row.pack(fill="x")
        row.columnconfigure(0, weight=1, uniform="row")
        row.columnconfigure(1, weight=1, uniform="row")
        number = Text(row, call.number, "strong")
        number.configure(font=look.font_within("strong", call.number, round(look.width * 0.19)))
        number.grid(row=0, column=0, sticky="w")
        if call.room:
            place = Box(row)
            place.grid(row=0, column=1, sticky="w")
            picture_label(place, look.icon("arrow-right", 30, "ink2")).pack(side="left", padx=(0, px(16)))
            _pair(place, kk(ROOM, room=call.room), ru(ROOM, room=call.room), "body").pack(side="left")


def _nobody_called(card: Surface, now: BoardNow, kk: Translator, ru: Translator) -> None:
    """When the reception begins, that one waits for one's number, or that it is over and when the next one is."""
    px, ink = look_of(card).px, card.paint.text
    inside = Box(card)
    inside.pack(fill="both", expand=True, padx=px(40), pady=px(14))
    if now.calls and not now.over:
        _pair(inside, kk(SOON), ru(SOON), "section", ink, ink).pack(anchor="w", expand=True)
        return
    if now.begins is not None and not now.over:
        _pair(inside, kk(BEGINS), ru(BEGINS), "section", ink, ink).pack(anchor="w")
        begins = format_time(clock_of(now.begins))
        number = Text(inside, begins, "number", ink)
        number.configure(font=look_of(card).font_within("number", begins, round(look_of(card).width * 0.44)))
        number.pack(anchor="w", expand=True)
        return
    said = OVER if now.over else NONE_TODAY
    _pair(inside, kk(said), ru(said), "section", ink, ink).pack(anchor="w")
    if now.next_day is not None:
        days = [format_date(now.next_day, language) for language in ("kk", "ru")]
        coming = Box(inside)
        coming.pack(anchor="w", expand=True)
        _pair(coming, kk(NEXT), ru(NEXT), "section", ink, ink).pack(anchor="w")
        _pair(coming, days[0], days[1], "zone", ink, ink).pack(anchor="w", pady=(px(10), 0))


def _rule(box: Box, kk: Translator, ru: Translator) -> None:
    """In which order people are called, in the words of the door."""
    px = look_of(box).px
    _pair(box, kk(ORDER), ru(ORDER), "section").pack(anchor="w")
    for text in RULES:
        Line(box).pack(fill="x", pady=px(4))
        Text(box, kk(text, **TOLD_VALUES), "note", wrap=True).pack(fill="x")
        Text(box, ru(text, **TOLD_VALUES), "hint", "ink2", wrap=True).pack(fill="x")


def _foot(foot: Box, now: BoardNow, at: datetime, kk: Translator, ru: Translator) -> None:
    """How many wait, how long it takes, and when the reception ends; in its place, that the line is cut."""
    px, look = look_of(foot).px, look_of(foot)
    picture_label(foot, look.icon("users", 42, "gold_text")).pack(side="left", padx=(px(MARGIN), px(20)))
    values = {"n": now.waiting, "low": now.wait.low, "high": now.wait.high} if now.wait else {"n": now.waiting}
    queue = NOBODY if not now.waiting else WAIT if now.wait else WAIT_UNKNOWN
    _pair(foot, kk(queue, **values), ru(queue, **values), "label").pack(side="left")
    if now.cut:
        words, time = AS_OF if now.cut_ms else NO_LINE, _moment(now.cut_ms, at)
    elif now.ends is not None:
        words, time = ENDS, format_time(clock_of(now.ends))
    else:
        return
    right = Box(foot)
    right.pack(side="right", padx=(0, px(MARGIN)))
    Text(right, kk(words, time=time), "hint").pack(anchor="e")
    Text(right, ru(words, time=time), "hint", "ink2").pack(anchor="e")
    if now.cut:
        picture_label(foot, look.icon("cloud-off", 34, "gold_text")).pack(side="right", padx=(0, px(14)))


def _moment(ms: int, at: datetime) -> str:
    """A time of today; of another day with its date."""
    then = local(ms)
    return format_time(then) if then.date() == at.date() else f"{then:%d.%m.%Y %H:%M}"
