"""An administrator's page: how the room is called, what stands over its papers, when it is open, and what this PC is in
it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.office.rules import hours_text, read_hours
from akimat_desk.office.screens.side import panel
from akimat_desk.people.entries import ZoneContent
from akimat_desk.people.zone import HoursForm, PcRole, ThisPc, Zone, ZoneForm, check_content
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.form_line import FormLine
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.base.words import Language

NAMES: Final = (
    ("name", N_("Name of the rural district in Kazakh"), N_("Name of the rural district in Russian")),
    ("district", N_("District in Kazakh"), N_("District in Russian")),
    ("oblast", N_("Oblast in Kazakh"), N_("Oblast in Russian")),
    ("address", N_("Address in Kazakh"), N_("Address in Russian")),
)
LANGUAGES: Final[tuple[Language, ...]] = ("kk", "ru")
DAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
USES: Final = (("desk", N_("For staff")), ("kiosk", N_("For residents")), ("board", N_("Board on the wall")))
_COMES: Final = {
    # whether it is a staff PC now, and whether it shall be one
    (False, True): N_("Names come to the PC with its next exchange, and staff can sign in there."),
    (True, False): N_("Names leave the PC with its next exchange. After that, staff can no longer sign in there."),
}
MOST_SEATS: Final = 20
HEAD_LINES: Final = 4
"""Lines of the papers' head in each language; so many stand beside the emblem in a size that can be read."""
HEAD_FORM: Final = N_("A line of the head has letters and short numbers only, up to 120 signs.")

_SOMETHING: Final = "А"
"""Stands in for the names while another line is looked at."""


def what_comes(now: str, then: str) -> str:
    """What another use of a PC means for the names on it; "" for nothing."""
    return _COMES.get((now == "desk", then == "desk"), "")


@dataclass
class SettingsPresenter:
    """What is typed. `fetch` and `save` block; `save` gives the room as it is then."""

    fetch: Callable[[], tuple[Zone, ThisPc]]
    save: Callable[[Zone, ZoneContent, ThisPc], Zone]
    zone: Zone | None = None
    was: ThisPc = field(default_factory=ThisPc)
    pc: ThisPc = field(default_factory=ThisPc)
    """What this PC is, and what is chosen."""
    typed: dict[str, str] = field(default_factory=dict)
    hours: list[str] = field(default_factory=list)
    head: dict[Language, list[str]] = field(default_factory=dict)
    """The lines over the papers, by language."""
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def take(self, zone: Zone, pc: ThisPc) -> None:
        """Begin from what is so now."""
        self.zone, self.was, self.pc, self.errors = zone, pc, pc, {}
        names = [f"{name}_{language}" for name, *_ in NAMES for language in LANGUAGES]
        self.typed = {name: getattr(zone.content, name) for name in (*names, "wifi")}
        self.hours = [hours_text(day) for day in zone.content.hours]
        self.head = {language: _lines(getattr(zone.content, f"letterhead_{language}")) for language in LANGUAGES}

    def content(self) -> ZoneContent | None:
        """The room as it was typed; None where something is wrong, and `errors` says what."""
        assert self.zone is not None
        found, head = dict[str, Sentence](), dict[str, tuple[str, ...]]()
        texts = {name: " ".join(value.split()) for name, value in self.typed.items()}
        for name, value in texts.items():
            if (not value and name.startswith("name_")) or not _fits(name, value):
                found[name] = ZoneForm().for_staff
        for language, lines in self.head.items():
            texts_of = tuple(" ".join(line.split()) for line in lines)
            for number, line in enumerate(texts_of):
                if not _fits("name_kk", line):
                    found[f"head-{language}-{number}"] = Sentence(HEAD_FORM)
            head[f"letterhead_{language}"] = tuple(filter(None, texts_of))
        hours: list[tuple[int, int] | None] = []
        for day, typed in enumerate(self.hours):
            try:
                hours.append(read_hours(typed))
                check_content(ZoneContent(name_kk=_SOMETHING, name_ru=_SOMETHING, hours=(hours[-1],) * 7))
            except Refused as why:
                found[f"hours-{day}"] = why.for_staff
        self.errors = found
        return None if found else msgspec.structs.replace(self.zone.content, **texts, **head, hours=tuple(hours))


def _lines(written: tuple[str, ...]) -> list[str]:
    """The lines to type in: those that are written, and empty ones up to `HEAD_LINES`."""
    return [*written, *[""] * (HEAD_LINES - len(written))]


def _fits(name: str, value: str) -> bool:
    content = msgspec.structs.replace(
        ZoneContent(name_kk=_SOMETHING, name_ru=_SOMETHING), **{name: value or _SOMETHING}
    )
    try:
        check_content(content)
    except (ZoneForm, HoursForm):
        return False
    return True


class SettingsScreen(Screen):
    """See the module."""

    name = "office.settings"
    frame = "staff"

    def __init__(self, settings: SettingsPresenter) -> None:
        self.settings = settings

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Settings")

    def build(self, body: Box, stage: Stage) -> None:
        """The room on the left; opening hours and this PC on the right."""
        if self.settings.zone is None:
            return
        beside = stage.layout == "wide"
        body.columnconfigure(0, weight=5, uniform="parts" if beside else "")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        if beside:
            body.columnconfigure(1, weight=3, uniform="parts")
        right.grid(row=0 if beside else 1, column=1 if beside else 0, sticky="nsew")
        self._room(left, stage)
        self._head(left, stage)
        self._this_pc(left, stage)
        self._hours(right, stage)
        Button(
            right, stage.t.button("Save the settings"), lambda: self._save(stage), "primary", icon="save",
            name="save", height=52,
        ).pack(fill="x")  # fmt: skip

    def _room(self, box: Box, stage: Stage) -> None:
        t, px = stage.t, stage.px
        body = panel(box)
        Text(body, t("The room"), "section", edge=True, wrap=True).pack(fill="x")
        grid = Box(body)
        grid.pack(fill="x")
        columns = len(LANGUAGES)
        grid.columnconfigure(tuple(range(columns)), weight=1, uniform="languages")
        number = 0
        for name, *labels in NAMES:
            for language, label in zip(LANGUAGES, labels, strict=True):
                field = self._line(grid, stage, f"{name}_{language}", t(label))
                field.grid(row=number // columns, column=number % columns, sticky="new", pady=(px(6), 0))
                number += 1
        wifi = self._line(grid, stage, "wifi", t("Name of the Wi-Fi network"))
        wifi.grid(row=number // columns, column=0, sticky="new", pady=(px(6), 0))

    def _head(self, box: Box, stage: Stage) -> None:
        t, settings, px = stage.t, self.settings, stage.px
        body = panel(box)
        Text(body, t("Head of the papers"), "section", edge=True, wrap=True).pack(fill="x")
        hint = t(
            "As on the akimat's blank: whose office it is, the address, the telephone. Where nothing is written,"
            " oblast, district and rural district stand there."
        )
        Text(body, hint, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(0, px(2)))
        grid = Box(body)
        grid.pack(fill="x")
        grid.columnconfigure(tuple(range(len(LANGUAGES))), weight=1, uniform="languages")
        for column, (language, label) in enumerate((("kk", t("Line in Kazakh")), ("ru", t("Line in Russian")))):
            lines = settings.head[cast("Language", language)]
            for number, line in enumerate(lines):
                key = f"head-{language}-{number}"
                Field(
                    grid,
                    label,
                    line,
                    lambda value, lines=lines, number=number: lines.__setitem__(number, value),  # type: ignore[misc]
                    error=self._error(t, key),
                    on_enter=lambda _: self._save(stage),
                    bare=True,
                    width=160,
                    height=36,
                    name=key,
                ).grid(row=number, column=column, sticky="new")

    def _hours(self, box: Box, stage: Stage) -> None:
        t, settings, px = stage.t, self.settings, stage.px
        body = panel(box)
        Text(body, t("Opening hours"), "section", edge=True, wrap=True).pack(fill="x")
        hint = t("For example: {example}. Leave the line empty where the room is closed.", example="09:00–18:00")
        Text(body, hint, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(0, px(2)))
        grid = Box(body)
        grid.pack(fill="x")
        grid.columnconfigure(1, weight=1)
        for day, name in enumerate(DAYS):
            key = f"hours-{day}"
            Text(grid, t(name), "body", edge=True).grid(row=day, column=0, sticky="nw", pady=(px(10), 0))
            Field(
                grid,
                t("closed"),
                settings.hours[day],
                lambda value, day=day: settings.hours.__setitem__(day, value),  # type: ignore[misc]
                error=self._error(t, key),
                on_enter=lambda _: self._save(stage),
                bare=True,
                width=140,
                height=36,
                name=key,
            ).grid(row=day, column=1, sticky="ew")

    def _this_pc(self, box: Box, stage: Stage) -> None:
        t, settings, px = stage.t, self.settings, stage.px
        body = panel(box)
        Text(body, t("This PC"), "section", edge=True, wrap=True).pack(fill="x")
        OptionRow(
            body,
            t("Use of this PC"),
            [Option(role, t(words)) for role, words in USES],
            settings.pc.role,
            lambda role: self._use(stage, role),
            name="role",
        ).pack(fill="x", pady=(px(4), 0))
        Stepper(
            body, t("Number of the place"), settings.pc.seat, self._seat, least=0, most=MOST_SEATS, name="seat"
        ).pack(fill="x", pady=(px(6), 0))
        comes = what_comes(settings.was.role, settings.pc.role)
        if comes:
            Remark(body, t(comes), "triangle-alert", "gold").pack(fill="x", pady=(px(6), 0))
        words = t("Another use holds when you have signed out. Place 0 is a PC without a number.")
        Text(body, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(px(4), 0))

    def _line(self, box: Box, stage: Stage, name: str, label: str) -> FormLine:
        typed, errors = self.settings.typed, self.settings.errors
        return FormLine(box, label, name, typed, errors, lambda: self._save(stage), width=160, height=40)

    def _error(self, t: Translator, name: str) -> str:
        return t.say(self.settings.errors[name]) if name in self.settings.errors else ""

    def _use(self, stage: Stage, role: str) -> None:
        self.settings.pc = ThisPc(self.settings.pc.zone, cast(PcRole, role), self.settings.pc.seat)
        stage.rebuild()

    def _seat(self, seat: int) -> None:
        self.settings.pc = ThisPc(self.settings.pc.zone, self.settings.pc.role, seat)

    def _save(self, stage: Stage) -> None:
        settings = self.settings
        content, zone, pc = settings.content(), settings.zone, settings.pc
        if content is None or zone is None:
            stage.rebuild()
            stage.focus(next(iter(settings.errors)))
            return

        def saved(after: Zone) -> None:
            settings.take(after, pc)
            stage.say("done", lambda t: t("The settings are saved."))
            stage.rebuild()

        stage.run(lambda: settings.save(zone, content, pc), saved)

    def on_show(self, stage: Stage) -> None:
        """Begin from what is so now, unless something was typed already."""
        if self.settings.zone is not None:
            return

        def show(found: tuple[Zone, ThisPc]) -> None:
            self.settings.take(*found)
            stage.rebuild()

        stage.run(self.settings.fetch, show, kind="read")
