"""The demo village's printer, prices, files on a shelf, a few documents that were printed today, and one that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import N_
from printing import actions
from printing.delivery import Delivery
from printing.held import Held
from printing.layout import Pages, quoted
from printing.money import demo as money
from printing.records import OPEN
from printing.rules import Options
from printing.scanning import demo as scanning
from printing.spool import Spool

if TYPE_CHECKING:
    from akimat_desk.service import DemoVillage, Desk

PRINTER: Final = N_("Room printer")
_LETTER: Final = (
    "Ақжар ауылдық округінің әкіміне",
    "",
    "ӨТІНІШ",
    "",
    "Абай көшесіндегі көше шамдары үш апта бойы жанбай тұр.",
    "Балалар мектептен қараңғыда қайтады. Шамдарды жөндеп",
    "беруіңізді сұраймын.",
)

_LIST: Final = "Сатып алынатын заттар:\n1. Шам\n2. Бояу\n3. Сыпырғыш\n"


def village(desk: Desk, village: DemoVillage) -> None:
    """See `Service.demo`."""
    today = local_date(desk.clock.now_ms())
    begin = min(today, date(2026, 1, 1))
    actions.set_prices(desk.journal, money.prices(begin))
    money.month(desk)
    printer = actions.add_printer(
        desk.store, name=desk.words(PRINTER), uri=village.papers.as_uri().replace("file:", "folder:")
    )
    shelf = village.files / "Флешка"
    shelf.mkdir()
    (shelf / "Өтініш.pdf").write_bytes(_letter(2))
    (shelf / "Хабарландыру.pdf").write_bytes(_poster())
    (shelf / "Тізім.txt").write_bytes(_LIST.encode("kz1048"))
    actions.open_folder(desk.store, shelf)
    spool = Spool(desk.store, desk.clock)
    delivery = Delivery(desk.journal, spool, rasterise=lambda pdf: lambda size: ())
    for pages, options in ((2, Options()), (6, Options(sides="long")), (1, Options(copies=3))):
        options = replace(options, pages=tuple(range(1, pages + 1)))
        job = actions.print_document(
            desk.journal, spool, document=_letter(pages), pages=pages, colour_pages=(), options=options
        )
        while spool.get(job.job).state in OPEN:
            delivery.step(printer)
    money.open_box(desk)
    file = Pages(3)
    cost = quoted(file, Options(copies=2), actions.prices_today(desk.journal))
    Held(desk.store, desk.clock, spool).hold(
        _letter(3), device=desk.journal.device, seat=4, pages=file, options=Options(copies=2), quote=cost, prefix="4"
    )
    scanning.village(desk, village)


def _letter(pages: int) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from akimat_desk.papers.typefaces import REGULAR, register

    register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont(REGULAR, 14)
        for number, line in enumerate(_LETTER):
            canvas.drawString(85, 740 - 24 * number, line)
        canvas.drawString(85, 500, "……………" if page == pages else "Жалғасы келесі бетте.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _poster() -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from akimat_desk.papers.typefaces import BOLD, register

    register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFillColor("#0B5E78")
    canvas.rect(0, 640, 596, 202, stroke=0, fill=1)
    canvas.setFillColor("#FFFFFF")
    canvas.setFont(BOLD, 34)
    canvas.drawString(60, 720, "Ауыл мерекесі")
    canvas.setFillColor("#A66A00")
    canvas.circle(298, 400, 120, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
