"""The form of a series: who receives where, on which day, at what time, and what a day off does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.office.rules import HoursUnread, hours_text, read_hours
from akimat_desk.office.screens.settings import DAYS
from akimat_desk.office.screens.side import halves, panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.actions import SeriesForm, TimesForm, check
from meetings.screens import booking_lines
from meetings.words import tell_rule

if TYPE_CHECKING:
    from meetings.content import SeriesContent

KINDS: Final = (("reception", N_("Reception")), ("meeting", N_("Meeting")))
EVERY: Final = (("month", N_("Every month")), ("week", N_("Every week")))
NTH: Final = (("1", N_("first")), ("2", N_("second")), ("3", N_("third")), ("4", N_("fourth")), ("-1", N_("last")))
SHIFTS: Final = (
    ("next", N_("On the next working day")),
    ("previous", N_("On the working day before")),
    ("none", N_("On the day off all the same")),
    ("hand", N_("We set a day ourselves")),
)
LINES: Final = (
    ("official_kk", N_("Who receives, in Kazakh")),
    ("official_ru", N_("Who receives, in Russian")),
    ("place_kk", N_("Where, in Kazakh")),
    ("place_ru", N_("Where, in Russian")),
)


@dataclass
class SeriesDraft:
    """What is typed of a series. `save` blocks."""

    content: SeriesContent
    save: Callable[[SeriesContent], object]
    new: bool = True
    times: str = ""
    booking: dict[str, str] = field(default_factory=dict)
    """The lines of how it is booked, as they are typed."""
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.times = hours_text((self.content.start, self.content.end))
        self.booking = booking_lines.typed_of(self.content)

    def set(self, name: str, value: object) -> None:
        """Put one part of it."""
        self.content = msgspec.structs.replace(self.content, **{name: value})

    def whole(self) -> SeriesContent | None:
        """The series as it was typed; None where something is wrong, and `errors` says what."""
        found = dict[str, Sentence]()
        content = self.content
        for line, _ in LINES:
            value = " ".join(getattr(content, line).split())
            content = msgspec.structs.replace(content, **{line: value})
            if (not value and line.startswith("official")) or not _fits(line, value, content):
                found[line] = SeriesForm().for_staff
        try:
            hours = read_hours(self.times)
            if hours is None:
                raise TimesForm
            content = msgspec.structs.replace(content, start=hours[0], end=hours[1])
            if hours[0] >= hours[1]:
                raise TimesForm
        except (HoursUnread, TimesForm) as why:
            found["times"] = why.for_staff
        content, wrong = booking_lines.read(self.booking, content)
        self.errors = {**found, **wrong}
        return None if self.errors else content


def _fits(line: str, value: str, content: SeriesContent) -> bool:
    plain = msgspec.structs.replace(content, official_kk="А", official_ru="А", place_kk="", place_ru="", start=0, end=1)
    try:
        check(msgspec.structs.replace(plain, **{line: value or "А"}))
    except Refused:
        return False
    return True


class SeriesScreen(Screen):
    """See the module."""

    name = "meetings.series"
    frame = "staff"

    def __init__(self, draft: SeriesDraft) -> None:
        self.draft = draft

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("A new series") if self.draft.new else t("The rule of a series")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "official_kk"

    def build(self, body: Box, stage: Stage) -> None:
        """Who, where and when at the left; the day at the right."""
        t, px, draft = stage.t, stage.px, self.draft
        content = draft.content
        left, right = halves(body, stage)
        card = panel(left)
        self._choice(card, stage, "what", t("What is held"), KINDS, content.what)
        for line, label in LINES:
            self._field(card, stage, line, t(label), getattr(content, line)).pack(fill="x", pady=(px(6), 0))
        card = panel(right)
        rule = tell_rule(content.rule, t)
        Text(card, rule[:1].upper() + rule[1:], "section", edge=True, wrap=True).pack(fill="x")
        self._choice(card, stage, "every", t("How often"), EVERY, content.every)
        if content.every == "month":
            self._choice(card, stage, "nth", t("Which in the month"), NTH, str(content.nth), columns=3)
        days = [(str(number), name) for number, name in enumerate(DAYS[:5])]
        self._choice(card, stage, "weekday", t("Day of the week"), days, str(content.weekday), columns=3)
        self._field(card, stage, "times", t("Time"), draft.times).pack(fill="x", pady=(px(6), 0))
        self._choice(card, stage, "shift", t("If it is a day off"), SHIFTS, content.shift, columns=1)
        if content.what == "reception":
            card = panel(left)
            Text(card, t("How it is booked"), "section", edge=True, wrap=True).pack(fill="x")
            for line, label, *_ in booking_lines.LINES:
                self._field(card, stage, line, t(label), draft.booking[line]).pack(fill="x", pady=(px(6), 0))
            label = t(booking_lines.PAUSE_LABEL)
            self._field(card, stage, booking_lines.PAUSE, label, draft.booking[booking_lines.PAUSE]).pack(
                fill="x", pady=(px(6), 0)
            )
        Button(
            left, t.button("Save"), lambda: self._save(stage), "primary", icon="save", name="save", height=52
        ).pack(fill="x")  # fmt: skip
        Button(left, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel").pack(fill="x")

    def _choice(
        self,
        box: Box,
        stage: Stage,
        name: str,
        label: str,
        options: Iterable[tuple[str, str]],
        chosen: str,
        columns: int = 0,
    ) -> None:
        def choose(key: str) -> None:
            self.draft.set(name, int(key) if name in ("nth", "weekday") else key)
            stage.rebuild()

        rows = [Option(key, stage.t(text)) for key, text in options]
        across = columns or (len(rows) if stage.layout != "large" else min(len(rows), 3))
        OptionRow(box, label, rows, chosen, choose, columns=across, name=name).pack(fill="x", pady=(stage.px(6), 0))

    def _field(self, box: Box, stage: Stage, name: str, label: str, value: str) -> Field:
        def change(typed: str) -> None:
            if name == "times":
                self.draft.times = typed
            elif name in self.draft.booking:
                self.draft.booking[name] = typed
            else:
                self.draft.set(name, typed)

        error = stage.t.say(self.draft.errors[name]) if name in self.draft.errors else ""
        return Field(box, label, value, change, error=error, on_enter=lambda _: self._save(stage), height=40, name=name)

    def _save(self, stage: Stage) -> None:
        content = self.draft.whole()
        if content is None:
            stage.rebuild()
            stage.focus(next(iter(self.draft.errors)))
            return

        def failed(error: AkimatDeskError) -> None:
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: self.draft.save(content), lambda _: stage.back(), failed)

    def on_escape(self, stage: Stage) -> None:
        """Nothing is saved."""
        stage.back()
