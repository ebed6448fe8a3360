"""How the PCs of the room are called on screens, and how they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_number
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.exchange import moment
from akimat_desk.office.names import pc_name
from akimat_desk.office.screens.settings import USES

if TYPE_CHECKING:
    from akimat_desk.office.room import RoomPc
    from akimat_desk.ui.theme import Token

ICONS: Final = {"desk": "user", "kiosk": "users", "board": "monitor"}
PRINTERS: Final = {"works": N_("nothing is in the way"), "hindered": N_("a document waits")}
KB: Final = 1000
MINUTE_MS: Final = 60_000
GB_OF_MB: Final = 100
"""Megabytes in a tenth of a gigabyte."""


def called(t: Translator, use: str, seat: int) -> str:
    """Which PC it is."""
    return t.say(pc_name(use, seat))


def in_a_list(t: Translator, pc: RoomPc) -> str:
    """The same in the narrow column of a list: the number first, by which people know it."""
    use = t(dict(USES)[pc.use])
    return f"{pc.seat} · {use}" if pc.seat else use


def what_it_is(t: Translator, pc: RoomPc) -> str:
    """The main PC, this PC, both, or neither."""
    if pc.host:
        return t("This PC, the main one") if pc.this else t("Main PC")
    return t("This very PC") if pc.this else ""


def how_it_is(t: Translator, pc: RoomPc) -> str:
    """Whether it is here."""
    if pc.here:
        return t("Switched on")
    return t("Last heard of {moment}", moment=moment(pc.seen_ms)) if pc.seen_ms is not None else t("Not heard of yet")


def colour_of(pc: RoomPc) -> Token:
    """Of its icon; the words beside it say the same."""
    if pc.presence is not None and pc.presence.trouble:
        return "gold_text"
    return "grass" if pc.here else "ink2"


def waiting(t: Translator, pc: RoomPc) -> str:
    """What of its entries no other PC has yet; the main PC's wait for nobody."""
    if pc.presence is None or pc.host:
        return ""
    if not pc.presence.waiting:
        return t("nothing")
    size = format_number(max(1, round(pc.presence.waiting_bytes / KB)), t.language)
    return t("{n} ({size} KB)", n=format_number(pc.presence.waiting, t.language), size=size)


def clock(t: Translator, pc: RoomPc) -> str:
    """How far its clock is off, where that matters."""
    minutes = format_number(abs(round(pc.clock_off_ms / MINUTE_MS)), t.language)
    if pc.clock_off_ms > 0:
        return t("Its clock is ahead of the main PC's. Minutes: {n}. Set its date and time.", n=minutes)
    return t("Its clock is behind the main PC's. Minutes: {n}. Set its date and time.", n=minutes)


def printer(t: Translator, pc: RoomPc) -> str:
    """How its printer is; nothing where it has none."""
    told = pc.presence.printer if pc.presence is not None else ""
    return t(PRINTERS[told]) if told in PRINTERS else ""


def free_disk(t: Translator, pc: RoomPc) -> str:
    """Room on its disk."""
    if pc.presence is None or not pc.presence.free_mb:
        return ""
    return t("{n} GB", n=format_number(pc.presence.free_mb // GB_OF_MB / 10, t.language))
