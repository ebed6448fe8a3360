"""The sheet with the room's recovery key: printed at the first run, kept in the akimat's safe.

It speaks Kazakh and Russian side by side: whoever takes it out of the safe years later may read either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_, Translator
from akimat_desk.papers.drawing import draw_code
from akimat_desk.papers.flow import paragraph, section, side_by_side, signatures, space, title, under_title
from akimat_desk.papers.letterhead import Letterhead
from akimat_desk.papers.look import EDGE, HINT_SIZE, INK, INK2, MM, WIDTH
from akimat_desk.papers.pdf import Frame, make_pdf
from akimat_desk.papers.qr import QUIET, qr
from akimat_desk.papers.typefaces import BOLD, REGULAR

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_CODE: Final = 30 * MM
_GROUP_SIZE: Final = 21.0
_IN_A_ROW: Final = 4
_ROW: Final = 14 * MM

_WHAT: Final = N_("What this sheet is")
_WHAT_TEXT: Final = (
    N_("This key opens the backups of this room on another computer. Without it nobody can open them."),
    N_("There are only digits and Latin letters in it. The letters O, I, L and U are not used."),
)
_KEEP: Final = N_("How to keep it")
_KEEP_TEXT: Final = (
    N_("Keep the sheet in the akimat's safe, away from the computers."),
    N_("Do not photograph it and do not store it in a file."),
    N_("If the sheet is lost or copied, make a new key and print it again."),
)
_USE: Final = N_("When it is needed")
_USE_TEXT: Final = (
    N_("A computer is broken, stolen or replaced, and you have a backup."),
    N_("Open Akimat Desk there, choose “Restore a backup”, then the copy, and type the seven groups."),
)
_PRINTED: Final = N_("Printed by")
_KEPT: Final = N_("Taken into safe keeping")


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet. `key` is as it is printed, groups parted by hyphens; `sheet` names this key."""

    key: str
    sheet: str
    printed_on: date
    place: str
    printed_by: str = ""


def recovery_key_pdf(content: RecoverySheet, letterhead: Letterhead | None, words: Translator) -> bytes:
    """The sheet as PDF bytes. It holds the key: print it and drop the bytes, never let them lie on a disk."""
    kk, ru = words.in_language("kk"), words.in_language("ru")
    body = [
        *title(_both(kk, ru, N_("Recovery key"))),
        *under_title(
            format_date(content.printed_on, "kk", "short"),
            _both(kk, ru, N_("Sheet {sheet}"), sheet=content.sheet),
            content.place,
        ),
        _key(content.key),
        *space(5),
        *side_by_side(_explained(kk), _explained(ru)),
        *space(3),
        *signatures(
            _both(kk, ru, N_("Signatures")),
            [
                ("\n".join((kk(_PRINTED), ru(_PRINTED))), content.printed_by),
                ("\n".join((kk(_KEPT), ru(_KEPT))), ""),
            ],
        ),
    ]
    frame = Frame(kk(N_("Recovery key")), letterhead, running=content.sheet)
    return make_pdf(frame, body, kk)


def _both(kk: Translator, ru: Translator, msgid: str, **values: object) -> str:
    return f"{kk(msgid, **values)} · {ru(msgid, **values)}"


def _explained(words: Translator) -> list[Flowable]:
    found: list[Flowable] = []
    for heading, sentences in ((_WHAT, _WHAT_TEXT), (_KEEP, _KEEP_TEXT), (_USE, _USE_TEXT)):
        found += section(words(heading))
        for sentence in sentences:
            found += paragraph(words(sentence), small=True)
    return found


def _key(key: str) -> Flowable:
    """The groups in a frame, each with its number (a typing mistake is told by it), and the code beside them."""
    from reportlab.platypus import Flowable

    groups = key.split("-")
    code = qr(key)
    height = _CODE + 2 * _CODE * QUIET / code.modules

    class Key(Flowable):
        def __init__(self) -> None:
            super().__init__()
            self.width, self.height = WIDTH, height

        def draw(self) -> None:
            canvas = self.canv
            canvas.saveState()
            canvas.setStrokeColor(EDGE)
            canvas.setLineWidth(1)
            canvas.rect(0, 0, WIDTH, height)
            white = (height - _CODE) / 2
            draw_code(canvas, code, WIDTH - white - _CODE, white, _CODE)
            step = (WIDTH - height) / _IN_A_ROW
            rows = -(-len(groups) // _IN_A_ROW)
            top = (height + rows * _ROW) / 2
            for number, group in enumerate(groups):
                x = 5 * MM + number % _IN_A_ROW * step
                y = top - number // _IN_A_ROW * _ROW
                canvas.setFillColor(INK2)
                canvas.setFont(REGULAR, HINT_SIZE)
                canvas.drawString(x, y - HINT_SIZE, str(number + 1))
                canvas.setFillColor(INK)
                canvas.setFont(BOLD, _GROUP_SIZE)
                canvas.drawString(x, y - HINT_SIZE - _GROUP_SIZE, group)
            canvas.restoreState()

    return Key()
