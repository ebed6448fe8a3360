"""Lays the sheet with the room's recovery key into the out-tray: at the first set-up, and when a new key is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import N_, Sentence

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store.recovery import RecoveryKey


def print_recovery_sheet(desk: Desk, key: RecoveryKey, printed_by: str) -> int:
    """Put the sheet with `key` into the out-tray (blocks); its number there.

    The tray lies in the encrypted database, and drops the sheet once it is printed; no file of it is made.
    `printed_by` is the name that stands over the first signature.
    """
    from akimat_desk.papers.letterhead import Letterhead
    from akimat_desk.papers.recovery_key import RecoverySheet, recovery_key_pdf
    from akimat_desk.papers.tray import OutTray, Paper
    from akimat_desk.people.zone import ZoneUnknown, zone

    try:
        content = zone(desk.store).content
        letterhead, place = Letterhead.of_zone(content), content.name_kk
    except ZoneUnknown:
        letterhead, place = None, ""
    seal = key.seal
    sheet = RecoverySheet(key.printed, seal.sheet, local_date(desk.clock.now_ms()), place, printed_by)
    title = Sentence(N_("Recovery key, sheet {sheet}"), {"sheet": seal.sheet})
    pdf = recovery_key_pdf(sheet, letterhead, desk.words)
    return OutTray(desk.store, desk.clock).put("office", Paper(title, pdf=pdf))
