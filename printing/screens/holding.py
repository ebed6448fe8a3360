"""Administrators: whether documents wait, how long, and who may print them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, cast

from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from printing.holding import TOPIC, Holding, SelfRelease

TIMES: Final = {30: N_("30 minutes"), 120: N_("2 hours"), 480: N_("8 hours"), 0: N_("Until the end of the day")}
KEPT: Final = {0: N_("Not at all"), 10: N_("10 minutes"), 30: N_("30 minutes")}


@dataclass
class HoldingPresenter:
    """The rules as they are chosen now. `fetch` and `set` block; `device` is this PC."""

    fetch: Callable[[], Holding]
    set: Callable[[Holding], object]
    device: str
    now: Holding | None = None
    chosen: Holding = Holding()  # noqa: RUF009 (frozen)

    @property
    def who(self) -> str:
        """Who prints what waits: "no", "all", or "here"; "some" where it is other PCs."""
        if self.chosen.self_release != "some":
            return self.chosen.self_release
        return "here" if self.chosen.pcs == (self.device,) else "some"

    def choose_who(self, who: str) -> None:
        """See `who`."""
        if who == "here":
            self.chosen = replace(self.chosen, self_release="some", pcs=(self.device,))
        else:
            self.chosen = replace(self.chosen, self_release=cast(SelfRelease, who), pcs=())


class HoldingScreen(Screen):
    """See the module."""

    name = "printing.holding"
    frame = "staff"
    topics = frozenset({TOPIC})

    def __init__(self, rules: HoldingPresenter) -> None:
        self.rules = rules

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Documents that wait")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The way back to the queue."""
        Button(box, stage.t.button("Back to the queue"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, rules = stage.t, self.rules
        if rules.now is None:
            return
        chosen, beside = rules.chosen, stage.layout == "wide"
        left, right = two_parts(body, beside=beside)
        self._row(left, stage, t("Residents' documents"), "hold", "yes" if chosen.hold else "no", [
            Option("yes", t("Wait under a code")), Option("no", t("Print at once")),
        ])  # fmt: skip
        Text(
            left,
            t("A document that waits is printed at the printer desk, after a look at its pages and its price.")
            if chosen.hold
            else t("A PC without a printer of its own brings documents to the printer desk all the same."),
            "hint", "ink2", edge=True, wrap=True,
        ).pack(fill="x")  # fmt: skip
        self._row(
            left, stage, t("How long it waits"), "minutes", str(chosen.minutes), _options(t, TIMES, chosen.minutes)
        )
        self._row(
            left, stage, t("Kept after printing, in case the paper jams"), "keep_minutes", str(chosen.keep_minutes),
            _options(t, KEPT, chosen.keep_minutes),
        )  # fmt: skip
        others = [Option("some", t("On some other PCs"))] if rules.who == "some" else []
        self._row(right, stage, t("Who prints it"), "who", rules.who, [
            Option("no", t("Staff only")),
            Option("here", t("Residents too, at this PC")),
            Option("all", t("Residents too, at all PCs")),
            *others,
        ], columns=1)  # fmt: skip
        Text(
            right, t("Where residents print by themselves, they put the money into the box."), "hint", "ink2",
            edge=True, wrap=True,
        ).pack(fill="x")  # fmt: skip
        Button(
            right, t.button("Save"), lambda: self._save(stage), "primary", icon="check", name="save", height=52
        ).pack(anchor="w", pady=(stage.px(20), 0))  # fmt: skip

    def _row(
        self, box: Box, stage: Stage, label: str, name: str, chosen: str, options: list[Option], *, columns: int = 2
    ) -> None:
        across = 1 if stage.layout == "large" else columns
        OptionRow(
            box, label, options, chosen, lambda key: self._choose(stage, name, key), columns=across, name=name
        ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip

    def on_show(self, stage: Stage) -> None:
        """Fetch the rules of now."""

        def show(found: Holding) -> None:
            if found != self.rules.now:
                self.rules.now = self.rules.chosen = found
                stage.rebuild()

        stage.run(self.rules.fetch, show, kind="read")

    def _choose(self, stage: Stage, name: str, key: str) -> None:
        rules = self.rules
        if name == "who":
            rules.choose_who(key)
        elif name == "hold":
            rules.chosen = replace(rules.chosen, hold=key == "yes")
        elif name == "minutes":
            rules.chosen = replace(rules.chosen, minutes=int(key))
        else:
            rules.chosen = replace(rules.chosen, keep_minutes=int(key))
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        chosen = self.rules.chosen

        def done(_: object) -> None:
            stage.say("done", lambda t: t("The new rules hold from now on."))
            self.on_show(stage)

        stage.run(lambda: self.rules.set(chosen), done)


def _options(t: Translator, choices: dict[int, str], now: int) -> list[Option]:
    """The choices, and what is set now where it is none of them."""
    rows = {**choices, **({} if now in choices else {now: N_("{n} minutes")})}
    return [Option(str(minutes), t(words, n=minutes)) for minutes, words in rows.items()]
