"""The door: how a service moves into the desk.

A service is one `Service` value, found by the entry-point group `akimat_desk.services`. It names everything heavy by
string ("package.module:name"), so opening all doors imports nothing but these dataclasses. The shell reads the door and
draws the tile, the sidebar row, the command and the tables; it never knows a service by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from akimat_desk.base.errors import Misuse

if TYPE_CHECKING:
    import argparse

    from akimat_desk.base.clock import Clock
    from akimat_desk.base.paths import Home
    from akimat_desk.base.words import Sentence, Translator
    from akimat_desk.journal import Journal, Registry
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.store import Migration, Store

GROUP: Final = "akimat_desk.services"

Hue = Literal["sky", "grass", "gold", "dusk"]
Role = Literal["trainer", "staff", "administrator"]
Shelf = Literal["", "reports", "set-up"]
"""Where a page lies in the staff's sidebar: open in it, or behind a row with others of its sort."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile on the resident's home: `title`, `short` (at 200 %) and `hint` are msgids, `icon` a Lucide name.

    `screen` names a factory `(Desk) -> Screen` (see `akimat_desk.ui.screen`).
    """

    title: str
    short: str
    hint: str
    icon: str
    hue: Hue
    screen: str
    guide: tuple[tuple[str, str], ...] = ()
    """How it goes, as (icon, msgid) in three or four lines; shown where the home has room for it."""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A row of the staff sidebar. `badge` names `(Desk) -> int`, the number of things that wait for a person.

    What is not opened every day lies on a `shelf`, so that the day's work stays in sight.
    """

    title: str
    icon: str
    screen: str
    role: Role = "staff"
    badge: str = ""
    shelf: Shelf = ""


@dataclass(frozen=True, slots=True)
class OverviewCard:
    """What this service says on the staff's overview of today; `figures` names `(Desk) -> Sequence[Figure]`, `alerts`
    `(Desk) -> Sequence[Alert]`.
    """

    title: str
    icon: str
    figures: str
    alerts: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of an overview card: a translated-later label, a ready value, and how it stands."""

    label: str
    value: str
    state: Literal["plain", "good", "waiting", "bad"] = "plain"


@dataclass(frozen=True, slots=True)
class Alert:
    """What nobody may forget today: it stands on top of the staff's overview, and opens the staff page whose door names
    `screen`.
    """

    said: Sentence
    screen: str
    state: Literal["waiting", "bad"] = "waiting"


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing on the residents' panel «Today»: `label` and `detail` are msgids, `value` is ready to be read."""

    icon: str
    hue: Hue
    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One command group of `akimat-desk`. `add` names `(ArgumentParser) -> None`, `run` names
    `(Call) -> int`; `needs_village` false means it works with no data folder (then `Call.desk` is None). One that
    `uses_village` is given the desk where there is one.

    A parser may set `needs_village` itself with `set_defaults`, so that subcommands can differ.
    """

    name: str
    help: str
    add: str
    run: str
    needs_village: bool = True
    uses_village: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `akimat-desk doctor` and of the staff page "this PC"; `run` names `(Desk | None) -> Finding`."""

    name: str
    run: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: msgids with values (`words.Sentence`) for what is so and what to do."""

    state: Literal["works", "attention", "broken", "off"]
    text: str
    todo: str = ""
    values: tuple[tuple[str, str], ...] = ()


Machine = Literal["", "works", "hindered"]
"""There is none, nothing is in its way, or something waits for it that it cannot do now."""


@dataclass(frozen=True, slots=True)
class Service:
    """All that the shell knows of a service. Fields it does not use stay empty."""

    name: str
    title: str
    order: int
    locale: Path | None = None
    tiles: tuple[Tile, ...] = ()
    staff_pages: tuple[StaffPage, ...] = ()
    first_run: tuple[str, str] | None = None
    """Its step in a PC's first set-up: the step's name (a msgid), and what names `(Desk, FirstRunStep) -> Screen`."""
    board: str = ""
    """Names `(Desk, Callable[[], object]) -> Screen`: what a PC whose use is "board" shows on the wall; the second is
    what Escape leads to."""
    today: str = ""
    """Names `(Desk) -> Sequence[TodayLine]`: what residents see on the home's panel."""
    overview: OverviewCard | None = None
    topics: frozenset[str] = frozenset()
    """What its lines of today, its figures and its badges are made of; when one of these changes they are read anew."""
    commands: tuple[Command, ...] = ()
    checks: tuple[Check, ...] = ()
    kinds: str = ""
    """Names a `tuple[Kind, ...]`: the kinds of journal entry."""
    projections: str = ""
    """Names a tuple of peewee models filled from the journal only; dropped and replayed when their code changes."""
    local_tables: str = ""
    """Names a tuple of `store.Migration`: tables of this PC alone."""
    files: str = ""
    """Names `(Database) -> Iterable[files.Ref]`: the files that this service's entries name; they follow the entries to
    the other PCs, and what no service names goes after a week."""
    room_calls: str = ""
    """Names `(Desk, journal.devices.Member, bytes) -> bytes`: answers, at the room's main PC, what this service of
    another PC asks (`akimat_desk.sync.asking`). Which PC asks is proved; every question may come twice.
    """
    live: str = ""
    """Names `(Database) -> Mapping[str, str]`: marks of topics that stand in tables of one PC alone and are shown at
    the room's other PCs too (`akimat_desk.sync.live`); where the main PC's mark moves, their screens look anew."""
    ticks: str = ""
    """Names a `tuple[Tick, ...]`: what the keeper does by the plan."""
    keep: str = ""
    """Names `(Desk, Changed) -> Callable[[], None]`: starts what runs beside everything else in the one process that is
    the keeper, tells `Changed` the topics that changed, and returns what stops it."""
    machine: str = ""
    """Names `(Desk) -> Machine`: how the machine this service uses at this PC is; the room's other PCs are told."""
    moves: str = ""
    """Names `(Desk, WorkingDays, WorkingDays) -> Sequence[Sentence]`: what the second calendar would move of this
    service's plans. It is shown before an order about working days is written down; nothing moves by itself."""
    wanted_scans: str = ""
    """Names `(Desk) -> Sequence[tuple[str, Sentence]]`: papers this service would like to have scanned, each by its own
    key and by a title that names no person; what staff scan for it lies in the in-tray (`papers.tray`)."""
    wipe: str = ""
    """Names `(Desk) -> None`: destroys what this service holds of the resident who leaves."""
    demo: str = ""
    """Names `(Desk, DemoVillage) -> None`: this service's part of the demo village, by its own actions."""
    tour: tuple[str, str] = ("", "")
    """Names `(Tour) -> None` twice: the resident's part, from the home and back to it, and the staff's, from the pages
    of a signed-in administrator."""


@dataclass(frozen=True, slots=True)
class FirstRunStep:
    """A service's step in the first set-up of a PC: `now` of `names` (msgids), and where it leads when it is done."""

    now: int
    names: tuple[str, ...]
    done: Callable[[], object]


Changed = Callable[[frozenset[str]], None]
"""Told from any thread which topics have changed; open screens that show them refresh."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Work of the keeper: `run` names `(Desk) -> None`, called every `seconds`."""

    name: str
    seconds: int
    run: str


@dataclass(frozen=True, eq=False)
class Desk:
    """One opened desk: what screens, commands and checks are handed. No screen thing is in it."""

    home: Home
    clock: Clock
    store: Store
    journal: Journal
    words: Translator
    services: tuple[Service, ...]
    signed_in: Callable[[], SignedIn | None] = lambda: None
    """Who of the staff works at this PC now."""
    session_folder: Callable[[], Path | None] = lambda: None
    """The throw-away folder of the resident who is here now; only in it may anything of theirs lie in the clear."""
    leave_for_a_backup: Callable[[], None] = lambda: None
    """Close this desk and ask which backup shall take its place; where there is no window, nothing happens."""


class Tour(Protocol):
    """What a service's part of the tour may do: press and type as a person does, and take pictures.

    Controls go by their names, screens by `Screen.name`. Each call waits until it is so, and fails when it never is.
    """

    def press(self, control: str) -> None:
        """Press a control of what is on top."""
        ...

    def open_page(self, screen: str) -> None:
        """Press the row of the staff page whose door names `screen`, and before that its shelf where it is closed."""
        ...

    def type(self, control: str, text: str) -> None:
        """Write into a field."""
        ...

    def shows(self, screen: str) -> None:
        """Wait for a screen and until it has fetched what it shows."""
        ...

    def until(self, control: str) -> None:
        """Wait for a control."""
        ...

    def picture(self, name: str) -> None:
        """Take a picture of the whole screen."""
        ...


@dataclass(frozen=True, slots=True)
class DemoVillage:
    """Where a service's part of the demo village may put files: `files` are residents', `papers` what was printed."""

    files: Path
    papers: Path


@dataclass(frozen=True)
class Call:
    """One call of a command: the parsed arguments, and the desk where one was needed.

    A command prints with `call.out`; with --json it hands one JSON-able value, without it the translated lines.
    """

    arguments: argparse.Namespace
    words: Translator
    home: Home
    desk: Desk | None

    def out(self, value: object, lines: Iterable[str]) -> None:
        """Print `value` as JSON with --json, else `lines`."""
        import json
        import sys

        if getattr(self.arguments, "json", False):
            sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
        else:
            for line in lines:
                sys.stdout.write(line + "\n")


class UnknownName(Misuse):
    """A door names something that is not there."""

    code = "door-name"
    staff_text = "The door names {where}, which does not exist."


def find_services(group: str = GROUP) -> tuple[Service, ...]:
    """Every service whose door is installed, in the order of the tiles."""
    found = [point.load() for point in entry_points(group=group)]
    return tuple(sorted(found, key=lambda service: (service.order, service.name)))


def registry_of(services: Sequence[Service]) -> Registry:
    """Every kind of entry and every projection these services have."""
    from akimat_desk.journal import Registry

    return Registry(load_all([each.kinds for each in services]), load_all([each.projections for each in services]))


def migrations_of(services: Sequence[Service]) -> tuple[Migration, ...]:
    """The tables of a desk with these services, the journal's own first."""
    from akimat_desk.journal import MIGRATIONS

    return (*MIGRATIONS, *load_all([each.local_tables for each in services]))


def load(name: str) -> Any:
    """What "package.module:attribute" names; imports the module now."""
    module, _, attribute = name.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except (ImportError, AttributeError) as why:
        raise UnknownName(where=name) from why


def load_all(names: Sequence[str]) -> tuple[Any, ...]:
    """The members of all tuples that `names` name, in order; empty names are passed over."""
    return tuple(member for name in names if name for member in load(name))
