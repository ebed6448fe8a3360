"""Screens to try the widgets on: a home, a step of a flow, all components, a staff page. Everything is invented."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, FrameKind, Note, Screen, Stage, Steps
from akimat_desk.ui.widgets.banner import Banner
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.chart import Bar, Chart
from akimat_desk.ui.widgets.drawing import DRAWINGS, Drawing
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import IconFact, Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.page_preview import PagePreview
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Line, Live, Text
from akimat_desk.ui.widgets.table import Table
from akimat_desk.ui.widgets.tile import TileGrid, TileText


def nothing(*_: object) -> None:
    """A button of a sample."""


class Home(Screen):
    """The resident's first screen."""

    name = "home"
    aside_width = 300

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return "Қош келдіңіз! Не істегіңіз келеді?"

    def short_title(self, t: Translator) -> str:
        """See `Screen`."""
        return "Не істегіңіз келеді?"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(middle=Note("Тегін Wi-Fi: Aqjar_Alany", "Aqjar_Alany", "wifi"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        tiles = [
            TileText("Құжат басып шығару", "Флешкадан, телефоннан, сканерден", "printer", "sky", nothing),
            TileText("eGov сабақтары", "Порталды өз қарқыныңызбен үйреніңіз", "graduation-cap", "grass", nothing),
            TileText(
                "Әкімнің қабылдауына жазылу",
                "Өзіңізге ыңғайлы уақытты таңдаңыз",
                "calendar-check",
                "gold",
                nothing,
                "Әкімнің қабылдауы",
            ),
            TileText(
                "Ортақ бюджетке дауыс беру",
                "Ауылға қай жоба керек екенін айтыңыз",
                "vote",
                "dusk",
                nothing,
                "Бюджетке дауыс беру",
            ),
            TileText("Компьютер мен интернет", "30 минут, тегін", "monitor", "sky", nothing, "Компьютер, интернет"),
            TileText("Менің талондарым", "Жазылған уақытты көру, өзгерту", "ticket", "gold", nothing),
        ]
        TileGrid(body, tiles).pack(fill="both", expand=True)

    def build_aside(self, box: Box, stage: Stage) -> None:
        """See `Screen`."""
        card = Card(box, pad=22)
        card.pack(fill="both", expand=True)
        gap = stage.px(18)
        Text(card.body, "Бүгін", "hint", "ink2", edge=True).pack(fill="x")
        Text(card.body, "24 қараша, сейсенбі", "section", edge=True, wrap=True).pack(fill="x")
        Text(card.body, "Аймақ 9:00–18:00 ашық", "hint", edge=True, wrap=True).pack(fill="x")
        for fact in (
            ("calendar-check", "gold", "Келесі қабылдау", "18 желтоқсан, жұма", "7 бос уақыт бар"),
            ("vote", "dusk", "Дауыс беру", "30 қарашаға дейін", "6 күн қалды"),
            ("user", "sky", "Қызметкер осы бөлмеде", "Айгүл Сәдуақасова", ""),
        ):
            Line(card.body).pack(fill="x", padx=stage.look.halo, pady=gap)
            IconFact(card.body, *fact).pack(fill="x")


class Flow(Screen):
    """A step of a flow: preview, choices, price."""

    name = "flow"
    aside_width = 320
    aside_in_large = True

    def __init__(self) -> None:
        self.colour, self.sides, self.copies = "grey", "one", 1

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return "Қалай басып шығарамыз?"

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return Steps(2, ("Құжат", "Баптау", "Тексеру", "Талон"))

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(
            back=Action("Артқа", stage.back, icon="arrow-left"),
            primary=Action("Жалғастыру", lambda: stage.go(Components()), arrow="arrow-right"),
            middle=Note("24 минут қалды", "24 минут"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        large = stage.layout == "large"
        choices = Box(body)
        body.columnconfigure(1, weight=1)
        body.rowconfigure(0, weight=1)
        if not large:
            preview = PagePreview(body, "Өтініш.docx", "3 бет", sample_page(stage), 1, 3, nothing)
            preview.grid(row=0, column=0, sticky="nsew")
            body.columnconfigure(0, minsize=stage.px(414))
        choices.grid(row=0, column=1, sticky="nsew", padx=(stage.px(0 if large else 10), 0))
        parts = [
            Stepper(choices, "Дана саны", self.copies, self.set_copies),
            OptionRow(
                choices,
                "Қай беттер",
                [Option("all", "Барлығы, 3 бет"), Option("some", "Өзім таңдаймын")],
                "all",
                nothing,
            ),
            OptionRow(
                choices,
                "Түсі",
                [Option("grey", "Ақ-қара, 20 ₸"), Option("colour", "Түрлі түсті, 80 ₸")],
                self.colour,
                lambda key: self.set_colour(key, stage),
                name="colour",
            ),
            OptionRow(
                choices,
                "Парақтың екі жағына",
                [Option("one", "Жоқ, бір жағына"), Option("two", "Иә, екі жағына")],
                self.sides,
                nothing,
            ),
        ]
        choices.columnconfigure(0, weight=1)
        for row, part in enumerate(parts):
            part.grid(row=2 * row, column=0, sticky="ew")
            if row:
                choices.rowconfigure(2 * row - 1, weight=1, minsize=stage.px(8))

    def set_copies(self, copies: int) -> None:
        """Keep the number."""
        self.copies = copies

    def set_colour(self, key: str, stage: Stage) -> None:
        """Keep the choice and show it."""
        self.colour = key
        stage.rebuild()

    def build_aside(self, box: Box, stage: Stage) -> None:
        """See `Screen`."""
        card = Card(box)
        card.pack(fill="both", expand=True)
        body = card.body
        if stage.layout == "large":
            Text(body, "Төлейсіз", "hint", edge=True).pack(fill="x")
            Text(body, "20 ₸", "number", edge=True).pack(fill="x")
            Text(body, "3 бет, тегіні 2", "hint", "ink2", edge=True, wrap=True).pack(fill="x")
            return
        Text(body, "Бағасы", "section", edge=True).pack(fill="x", pady=(0, stage.px(8)))
        ValueRow(body, "3 бет, ақ-қара", "60 ₸").pack(fill="x", pady=stage.px(5))
        ValueRow(body, "Тегін беттеріңіз: 2", "−40 ₸").pack(fill="x", pady=stage.px(5))
        Line(body, strong=True).pack(fill="x", padx=stage.look.halo, pady=stage.px(12))
        Text(body, "Төлейсіз", "hint", edge=True).pack(fill="x")
        Text(body, "20 ₸", "number", edge=True).pack(fill="x")
        Text(body, "Ақшаны қызметкерге қолма-қол бересіз.", "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        Remark(body, "Басылған соң файлыңыз осы компьютерден өшіріледі.").pack(side="bottom", fill="x")


class Components(Screen):
    """Everything at once."""

    name = "components"

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return "Бөлшектер"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(back=Action("Артқа", stage.back, icon="arrow-left"))

    def first_focus(self) -> str:
        """See `Screen`."""
        return "focused"

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        body.columnconfigure((0, 1), weight=1, uniform="half")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        right.grid(row=0, column=1, sticky="nsew")
        row = ButtonRow(left)
        row.pack(fill="x")
        Button(row, "Артқа", nothing, icon="arrow-left")
        Button(row, "Өткізу", nothing, "quiet")
        Button(row, "Фокуста", nothing, "primary", name="focused")
        fields = Box(left)
        fields.pack(fill="x")
        fields.columnconfigure((0, 1), weight=1, uniform="half")
        Field(
            fields,
            "ЖСН",
            "8505124",
            nothing,
            hint="Жеке куәліктегі 12 сан",
            error="ЖСН-ді толық жазыңыз: 12 сан",
            groups=(6, 6),
            name="iin",
        ).grid(row=0, column=0, sticky="new")
        Field(fields, "Телефон", "+7 701 234 56 78", nothing, hint="Хабарласу үшін керек", name="phone").grid(
            row=0, column=1, sticky="new"
        )
        for kind, text in (
            ("info", "Принтер қосылып жатыр, бір минут күтіңіз."),
            ("done", "Жазылдыңыз: 18 желтоқсан, сағат 10:45."),
            ("warning", "Уақытыңыз бітуге 5 минут қалды."),
        ):
            Banner(left, kind, text, name=kind).pack(fill="x")  # type: ignore[arg-type]
        card = Card(right)
        card.pack(fill="x")
        EmptyState(
            card.body,
            "Талоныңыз әлі жоқ",
            "Қабылдауға жазылсаңыз, талон осы жерде тұрады.",
            "Қабылдауға жазылу",
            nothing,
            icon="calendar-check",
        ).pack(fill="x")
        ProgressBar(right, "Басылып жатыр: 2-бет, барлығы 3", 2 / 3).pack(fill="x", pady=stage.px(8))
        bars = [Bar("Көше жарығы", 412, "412"), Bar("Аялдама", 322, "322"), Bar("Ойын алаңы", 245, "245")]
        Chart(right, bars, "dusk").pack(fill="x")
        drawings = Box(right)
        drawings.pack(fill="x")
        for name in DRAWINGS:
            Drawing(drawings, name, 84).pack(side="left")


class Queue(Screen):
    """A staff page: a table and a panel."""

    name = "queue"
    frame: FrameKind = "staff"

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return "Басып шығару кезегі"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """See `Screen`."""
        Button(box, "Барлығы: 10", nothing, "chosen", icon="check").pack(side="left")
        Button(box, "Төлем күтуде: 2", nothing).pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        body.columnconfigure(0, weight=1)
        body.rowconfigure(0, weight=1)
        panel = Box(body)
        Table(
            body,
            COLUMNS,
            ListedRows(ROWS),
            chosen="4821",
            on_choose=lambda _: live.refresh(),
            on_sort=nothing,
            sorted_by=("code", True),
            counts="Бүгін 16 бет басылды",
            note="Соңғы жаңару 14:06",
        ).grid(row=0, column=0, sticky="nsew")
        panel.grid(row=0, column=1, sticky="nsew", padx=(stage.px(6), 0))
        live = Live(panel, lambda box: self.build_panel(box, stage))
        live.pack(fill="both", expand=True)
        body.columnconfigure(1, minsize=stage.px(336))

    def build_panel(self, box: Box, stage: Stage) -> None:
        """The chosen job and the printers."""
        card = Card(box, "chosen")
        card.pack(fill="x")
        body = card.body
        Text(body, "4821", "number", edge=True).pack(fill="x")
        for label, value in (("Беті мен данасы", "3 бет, 1 дана"), ("Түсі", "ақ-қара, бір жағына"), ("Бағасы", "60 ₸")):
            ValueRow(body, label, value).pack(fill="x", pady=stage.px(3))
        Line(body, strong=True).pack(fill="x", padx=stage.look.halo, pady=stage.px(8))
        ValueRow(body, "Төлейді", "20 ₸", strong=True).pack(fill="x")
        Field(body, "Алған ақша", "50", nothing, digits=True, width=140, name="paid").pack(fill="x")
        Button(body, "Ақшаны алып, басу", nothing, "primary", icon="printer", height=52, name="take").pack(fill="x")
        row = ButtonRow(body)
        row.pack(fill="x")
        Button(row, "Бас тарту", nothing, icon="circle-x")
        Button(row, "Тегін басу", nothing, icon="hand-heart")
        printers = Card(box)
        printers.pack(fill="x", pady=(stage.px(6), 0))
        Text(printers.body, "Принтерлер", "section", edge=True).pack(fill="x", pady=(0, stage.px(4)))
        IconFact(printers.body, "circle-check", "grass", "Дайын. Тонер 60 %", "Ақ-қара").pack(fill="x")
        Remark(
            printers.body, "Түрлі түсті: қағаз бітті. Қағаз салыңыз, жұмыс өзі жалғасады.", "triangle-alert", "berry"
        ).pack(fill="x", pady=(stage.px(8), 0))


COLUMNS = (
    Column("code", "Коды", 96),
    Column("from", "Қайдан", 80, spare=2),
    Column("pages", "Бет", 64, "right", spare=4),
    Column("copies", "Дана", 64, "right", spare=5),
    Column("colour", "Түсі", 110, spare=6),
    Column("price", "Бағасы", 86, "right", spare=1),
    Column("time", "Уақыты", 80, spare=3),
    Column("state", "Күйі", 150, stretch=True),
)

ROWS = [
    Row("4821", ("4821", "2-үстел", "3", "1", "ақ-қара", "20 ₸", "14:05", "Төлем күтілуде"), "clock", "gold_text"),
    Row("4819", ("4819", "4-үстел", "12", "2", "ақ-қара", "480 ₸", "14:02", "Төлем күтілуде"), "clock", "gold_text"),
    Row("4817", ("4817", "1-үстел", "1", "1", "түрлі түсті", "80 ₸", "13:58", "Басылып жатыр"), "printer", "sky"),
    Row(
        "4816",
        ("4816", "3-үстел", "6", "1", "түрлі түсті", "480 ₸", "13:55", "Қағаз күтілуде"),
        "triangle-alert",
        "berry",
    ),
    Row("4815", ("4815", "2-үстел", "2", "1", "ақ-қара", "тегін", "13:41", "Берілді"), "circle-check", "grass"),
    Row("4812", ("4812", "5-үстел", "4", "1", "ақ-қара", "80 ₸", "13:20", "Берілді"), "circle-check", "grass"),
    Row("4811", ("4811", "1-үстел", "1", "1", "ақ-қара", "−20 ₸", "13:12", "Ақшасы қайтарылды"), "undo-2", "ink2"),
    Row("4809", ("4809", "3-үстел", "8", "1", "ақ-қара", "160 ₸", "12:40", "Берілді"), "circle-check", "grass"),
    Row("4806", ("4806", "2-үстел", "3", "1", "ақ-қара", "60 ₸", "11:58", "Алынбады, өшірілді"), "eraser", "ink2"),
    Row("4805", ("4805", "4-үстел", "1", "1", "ақ-қара", "тегін", "11:30", "Берілді"), "circle-check", "grass"),
]


def sample_page(stage: Stage) -> bytes:
    """A page with grey lines, as a document worker would give it."""
    import resvg_py

    from akimat_desk.ui.widgets.page_preview import room_for_page

    _, height = room_for_page(stage.look)
    lines = "".join(
        f'<rect x="24" y="{94 + n * 14}" width="{180 - n * 13 % 50}" height="6" fill="#C9CBCC"/>' for n in range(12)
    )
    sheet = f'<rect width="230" height="316" fill="#fff"/>{lines}'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 230 316">{sheet}</svg>'
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, height=height, width=round(height * 230 / 316)))


SCREENS: dict[str, Callable[[], Screen]] = {"home": Home, "flow": Flow, "components": Components, "queue": Queue}
