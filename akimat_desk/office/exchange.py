"""How exchanging goes at this PC, in sentences: for the room page, the overview, the doctor, the resident's sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Sentence
from akimat_desk.sync.errors import KeyWithdrawn, NotAdmitted, Stranger

if TYPE_CHECKING:
    from akimat_desk.office.room import RoomView

LONG_MS: Final = 10 * 60_000
"""An exchange is made every five minutes without any reason: one that is older has been missed."""
AT_ONCE: Final = frozenset({NotAdmitted.code, KeyWithdrawn.code, Stranger.code})
"""What does not pass by itself, and is told without waiting."""

_MISSED: Final = {
    # whether there ever was an exchange, and whether it is known why there is none
    (True, True): N_("{why} No exchange since {moment}: what other PCs have done since then is not shown here."),
    (True, False): N_("No exchange since {moment}: what other PCs have done since then is not shown here."),
    (False, True): N_("{why} This PC has not exchanged with the main PC yet."),
    (False, False): N_("This PC has not exchanged with the main PC yet."),
}


@dataclass(frozen=True, slots=True)
class Exchanging:
    """`good`: nothing is to be done. `alone`: there is nobody to exchange with. `text` says what is so, `todo` what to
    do.
    """

    good: bool
    alone: bool
    text: Sentence
    todo: Sentence


def exchanging(view: RoomView, now_ms: int) -> Exchanging:
    """How it goes, as this PC knows it."""
    main, nothing = view.main, Sentence("")
    if view.knocks:
        asked = Sentence(N_("PCs that ask to be let in again: {n}."), {"n": len(view.knocks)})
        return Exchanging(
            False, False, asked, Sentence(N_("Open the page “PCs of the room” and let them in, or turn them away."))
        )
    if view.alone and (main is None or main.this):
        alone = Sentence(N_("This PC exchanges with no other one. Everything is kept here."))
        return Exchanging(True, True, alone, nothing)
    if main is None:
        none = Sentence(N_("The room has no main PC yet, so nothing is exchanged."))
        todo = Sentence(N_("Open the page “PCs of the room” on a staff PC and make it the main PC."))
        return Exchanging(False, False, none, todo)
    if main.this:
        others = [pc for pc in view.pcs if not pc.this and not pc.revoked]
        counts = {"here": sum(pc.here for pc in others), "all": len(others)}
        text = Sentence(N_("This is the main PC. Other PCs that are on: {here} of {all}."), counts)
        return Exchanging(True, False, text, nothing)
    state = view.state
    why, todo = trouble(state.code) if state.code else (nothing, nothing)
    if 0 <= now_ms - state.done_ms <= LONG_MS and state.code not in AT_ONCE:
        text = Sentence(N_("The last exchange with the main PC was at {moment}."), {"moment": moment(state.done_ms)})
        return Exchanging(True, False, text, nothing)
    todo = todo or Sentence(N_("Press “Exchange now” on the page “PCs of the room”."))
    values = {"moment": moment(state.done_ms), **({"why": why} if why else {})}
    return Exchanging(False, False, Sentence(_MISSED[bool(state.done_ms), bool(why)], values), todo)


@dataclass(frozen=True, slots=True)
class InShort:
    """The same in the two short lines that stand beside every staff page."""

    linked: bool
    text: Sentence
    detail: Sentence


def in_short(view: RoomView, now_ms: int) -> InShort | None:
    """None for a room of one PC."""
    now, main = exchanging(replace(view, knocks=()), now_ms), view.main
    if now.alone:
        return None
    if main is not None and main.this:
        others = sum(pc.here and not pc.this and not pc.revoked for pc in view.pcs)
        return InShort(True, Sentence(N_("Main PC")), Sentence(N_("Others that are on: {n}"), {"n": others}))
    done = view.state.done_ms
    detail = Sentence(N_("Last exchange: {moment}"), {"moment": moment(done)}) if done else Sentence("")
    return InShort(now.good, Sentence(N_("Linked") if now.good else N_("No link")), detail)


def overdue(view: RoomView, now_ms: int) -> bool:
    """Whether this PC, as one of several, has missed its exchanges for long."""
    main = view.main
    if (view.alone and main is None) or (main is not None and main.this):
        return False
    return not 0 <= now_ms - view.state.done_ms <= LONG_MS


def moment(ms: int) -> str:
    """A date and time of Kazakhstan, the same in every language."""
    return f"{local(ms):%d.%m.%Y %H:%M}"


# ---- errors by their code


def trouble(code: str) -> tuple[Sentence, Sentence]:
    """What an error says to staff and what it advises, by the code that was written down of it; its values were not."""
    for error in _all(AkimatDeskError):
        if error.code == code and "{" not in error.staff_text + error.next_text:
            return Sentence(error.staff_text), Sentence(error.next_text)
    return (
        Sentence(N_("The exchange was broken off (code: {code})."), {"code": code}),
        Sentence(N_("It is tried again by itself. If it stays so, tell support the code.")),
    )


def _all(error: type[AkimatDeskError]) -> Iterator[type[AkimatDeskError]]:
    yield error
    for each in error.__subclasses__():
        yield from _all(each)
