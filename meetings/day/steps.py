"""What happens to one visit on its day, and how the words of several PCs about it become one. Values in, values out.

    expected → arrived → waiting → called (again) → started → talking → ended
                            ↑         ↓ missed, held, passed to another official
                            └─ returned ┘

Steps are facts: none is ever changed or thrown away. What a visit is now follows from all its steps, in the order of
their hybrid time, and so it is the same on every PC, in whatever order they came there. Each step names the one its
author saw last (`seen`), and stands after it whatever the clocks say. A step by somebody who knew how things stood
counts where the states allow it. Of a step by somebody who did not know (a PC off the line) only what speaks for the
person counts: that they are here, that they were called, that they were received. The rest is `overtaken`: it is kept
and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from akimat_desk.base.words import N_

Did = Literal["arrived", "called", "again", "missed", "returned", "passed", "held", "started", "ended"]
State = Literal["expected", "waiting", "called", "missed", "held", "talking", "ended"]
Line = Literal["booked", "group", "general", "early", "chosen"]
"""By which line of the rule somebody was called (`rules.Turn`); `chosen`: somebody picked them out of the order."""

STATES: Final = get_args(State)
STATE_WORDS: Final[Mapping[State, str]] = {
    "expected": N_("Not here yet"),
    "waiting": N_("Here, waiting"),
    "called": N_("Called"),
    "talking": N_("Being received"),
    "held": N_("Waits aside"),
    "missed": N_("Did not come"),
    "ended": N_("Received"),
}

NEXT: Final[Mapping[State, Mapping[Did, State]]] = {
    "expected": {"arrived": "waiting", "called": "called", "missed": "missed"},
    "waiting": {"called": "called", "held": "held", "passed": "waiting", "missed": "missed"},
    "called": {
        "again": "called",
        "started": "talking",
        "missed": "missed",
        "returned": "waiting",
        "held": "held",
        "passed": "waiting",
    },
    "missed": {"returned": "waiting", "arrived": "waiting", "called": "called"},
    "held": {"returned": "waiting", "called": "called", "passed": "waiting", "missed": "missed"},
    "talking": {"ended": "ended", "held": "held", "passed": "waiting"},
    "ended": {"started": "talking", "passed": "waiting"},
}
"""What may follow. A talk ended by a slip of the hand is started again."""

UNKNOWING: Final[Mapping[Did, frozenset[State]]] = {
    "arrived": frozenset({"expected", "missed"}),
    "returned": frozenset({"missed", "held"}),
    "called": frozenset({"expected", "waiting", "missed", "held"}),
    "started": frozenset({"expected", "waiting", "called", "missed", "held"}),
}
"""Steps that count although their author did not know of the one before, by the states they are met in."""

SAME: Final[Mapping[Did, frozenset[State]]] = {
    "arrived": frozenset({"waiting", "called", "talking", "ended", "held"}),
    "returned": frozenset({"waiting", "called", "talking", "ended"}),
    "missed": frozenset({"missed"}),
    "held": frozenset({"held"}),
    "ended": frozenset({"ended"}),
}
"""Steps that say what is so already: there is nothing to show about them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `at` is hybrid time; `seen` the entry of the visit's step its author saw last, or "".

    `series` is whose queue it happened in (after `passed`: the new one), `room` the room called to, 0 for none.
    """

    id: str
    visit: str
    did: Did
    at: int
    device: str
    series: str
    room: int = 0
    line: Line | None = None
    seen: str = ""
    by: str = ""

    @property
    def at_ms(self) -> int:
        """Wall-clock milliseconds."""
        return self.at >> 16


@dataclass(frozen=True, slots=True)
class Turn:
    """How one visit stands. Times are milliseconds, 0 where it has not come to that.

    `queued_ms` is what the order goes by: when they came, or came back after they had missed their call.
    """

    visit: str
    series: str = ""
    state: State = "expected"
    room: int = 0
    device: str = ""
    """Where they were called, and at which PC."""
    line: Line | None = None
    arrived_ms: int = 0
    queued_ms: int = 0
    first_called_ms: int = 0
    called_ms: int = 0
    calls: int = 0
    """Calls since they last came to wait."""
    started_ms: int = 0
    ended_ms: int = 0
    talked_ms: int = 0
    """All their talks together, up to the last that ended."""
    times_missed: int = 0
    slot_lost: bool = False
    """They missed their call or were sent on to another official: the booked time counts no more."""
    seen: str = ""
    """The step that counts last: what the next one names."""
    overtaken: tuple[str, ...] = ()
    """Steps of PCs that did not know of one another and contradict what counts."""


def settle(visit: str, steps: Iterable[Step]) -> Turn:
    """What all steps of one visit make of it, whatever their order."""
    turn, last = Turn(visit), set[str]()
    for step in in_order(steps):
        if step.id in last:
            continue
        last.add(step.id)
        knew = step.seen == turn.seen
        if (knew and step.did in NEXT[turn.state]) or turn.state in UNKNOWING.get(step.did, frozenset()):
            turn = after(turn, step)
        elif turn.state not in SAME.get(step.did, frozenset()):
            turn = replace(turn, overtaken=(*turn.overtaken, step.id))
    return turn


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps by their hybrid time, but none before the one its author had seen: a PC whose clock is hours ahead does not
    put its words after those of somebody who has read them.
    """
    known = {one.id: one for one in sorted(steps, key=lambda one: (one.at, one.id))}
    lifted: dict[str, tuple[int, int]] = {}
    for one in known.values():
        way: list[Step] = []
        at = one
        while at.id not in lifted and at.id not in {each.id for each in way}:
            way.append(at)
            if at.seen not in known:
                break
            at = known[at.seen]
        for each in reversed(way):
            time, depth = lifted.get(each.seen, (each.at, -1))
            lifted[each.id] = (max(each.at, time), depth + 1)
    return sorted(known.values(), key=lambda one: (*lifted[one.id], one.id))


def after(turn: Turn, step: Step) -> Turn:
    """`turn` after a step that counts."""
    ms, was, state = step.at_ms, turn.state, NEXT[turn.state].get(step.did, "talking")
    talked = turn.talked_ms + (max(0, ms - turn.started_ms) if was == "talking" else 0)
    turn = replace(turn, state=state, series=step.series, seen=step.id, talked_ms=talked)
    match step.did:
        case "arrived":
            return replace(turn, arrived_ms=turn.arrived_ms or ms, queued_ms=ms, calls=0)
        case "called":
            return replace(
                turn, room=step.room, device=step.device, line=step.line, calls=1, called_ms=ms,
                first_called_ms=turn.first_called_ms or ms, arrived_ms=turn.arrived_ms or ms,
                queued_ms=turn.queued_ms or ms,
            )  # fmt: skip
        case "again":
            return replace(turn, room=step.room, device=step.device, calls=turn.calls + 1, called_ms=ms)
        case "started":
            first = turn.first_called_ms or ms
            return replace(
                turn, room=step.room, device=step.device, started_ms=ms, first_called_ms=first,
                arrived_ms=turn.arrived_ms or ms, queued_ms=turn.queued_ms or ms,
            )  # fmt: skip
        case "missed":
            return replace(turn, times_missed=turn.times_missed + 1, slot_lost=True)
        case "returned":
            queued = ms if was == "missed" else turn.queued_ms or ms
            return replace(turn, queued_ms=queued, arrived_ms=turn.arrived_ms or ms, calls=0, room=0)
        case "passed":
            return replace(turn, slot_lost=True, calls=0, room=0)
        case "held":
            return replace(turn, calls=0, room=0, ended_ms=ms)
        case "ended":
            return replace(turn, ended_ms=ms)
