"""An election out of the cells of a Pabulib file: numbers are read, ballots are judged."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import N_, Sentence
from budget_voting.count.ballots import Ballots, Bounds, Fault, Read, Written, gather
from budget_voting.count.cells import Names
from budget_voting.count.election import Election, Limits, Project, VoteKind
from budget_voting.count.errors import NotPabulib
from budget_voting.count.pabulib import PabulibFile, read_bytes, read_pabulib
from budget_voting.count.plain import gather_alike, gather_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTED: Final = frozenset({VoteKind.CUMULATIVE, VoteKind.SCORING})
FINEST_COIN: Final = 10_000
"""Money has four decimals at most."""
MOST: Final = 10**15
_AMOUNT: Final = re.compile(r"[0-9]{1,16}(\.[0-9]{0,20})?|\.[0-9]{1,20}")


def read_election(path: Path) -> Election:
    """The election in a file; raises `NotPabulib`."""
    with _without_pauses():
        return election_of(read_pabulib(read_bytes(path)))


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Reading makes only lists and texts, in which the collector looks for cycles in vain, again and again."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def election_of(file: PabulibFile) -> Election:
    """The election told by a file's cells."""
    return _Reader(file).election()


class _Reader:
    def __init__(self, file: PabulibFile) -> None:
        self.file = file
        self.meta = dict(file.meta)
        self.columns = {name: place for place, name in enumerate(file.project_columns)}

    def election(self) -> Election:
        file = self.file
        kind = self._kind()
        costs = self._costs()
        budget = self._meta_number("budget", needed=True) or Fraction(0)
        ceilings = {
            name: self._ceilings(names, sums)
            for name, names, sums in (
                ("category", "categories", "budget_per_category"),
                ("place", "neighborhoods", "budget_per_neighborhood"),
            )
        }
        sum_costs = {key: self._meta_number(key) for key in ("min_sum_cost", "max_sum_cost")}
        money = [budget, *costs, *(sum_ for each in ceilings.values() for sum_ in each.values())]
        money += [each for each in sum_costs.values() if each is not None]
        coin, parts = 1, lcm(*(each.denominator for each in money))
        while coin % parts:
            coin *= 10
        projects = tuple(self._project(row, int(cost * coin)) for row, cost in zip(file.projects, costs, strict=True))
        low, high = (None if each is None else int(each * coin) for each in sum_costs.values())
        bounds = Bounds(
            min_length=self._whole("min_length"),
            max_length=self._whole("max_length"),
            min_sum_cost=low,
            max_sum_cost=high,
            min_points=self._meta_number("min_points"),
            max_points=self._meta_number("max_points"),
            min_sum_points=self._meta_number("min_sum_points"),
            max_sum_points=self._meta_number("max_sum_points"),
        )
        return Election(
            title=self.meta.get("description", ""),
            currency=self.meta.get("currency", "KZT"),
            coin=coin,
            budget=int(budget * coin),
            kind=kind,
            projects=projects,
            ballots=self._ballots(kind, projects, bounds),
            limits=Limits(
                category={name: int(sum_ * coin) for name, sum_ in ceilings["category"].items()},
                place={name: int(sum_ * coin) for name, sum_ in ceilings["place"].items()},
            ),
            min_score=self._whole("min_project_score_threshold") or 0,
        )

    # the tables of money and projects

    def _meta_line(self, key: str) -> int:
        return self.file.line_of_meta(key)

    def _meta_number(self, key: str, *, needed: bool = False) -> Fraction | None:
        value = self.meta.get(key, "")
        if not value or value.lower() == "none":
            if needed:
                raise NotPabulib(Sentence(N_("META does not tell “{key}”."), {"key": key}), self._meta_line(key))
            return None
        return _number(value, self._meta_line(key), 2)

    def _whole(self, key: str) -> int | None:
        number = self._meta_number(key)
        if number is not None and number.denominator > 1:
            said = Sentence(N_("This is not a whole number: “{value}”."), {"value": self.meta[key]})
            raise NotPabulib(said, self._meta_line(key), 2)
        return None if number is None else int(number)

    def _kind(self) -> VoteKind:
        value = self.meta.get("vote_type", "")
        if not value:
            said = Sentence(N_("META does not tell “{key}”."), {"key": "vote_type"})
            raise NotPabulib(said, self._meta_line("vote_type"), 2)
        try:
            return VoteKind(value)
        except ValueError:
            said = Sentence(N_("This way of voting is not known: “{kind}”."), {"kind": value})
            raise NotPabulib(said, self._meta_line("vote_type"), 2) from None

    def _ceilings(self, names: str, sums: str) -> Mapping[str, Fraction]:
        labels, values = _listed(self.meta.get(names, "")), _listed(self.meta.get(sums, ""))
        if not values:
            return {}
        line = self._meta_line(sums)
        if len(labels) != len(values):
            raise NotPabulib(Sentence(N_("There are as many sums as names: {key}."), {"key": sums}), line, 2)
        return {label: _number(value, line, 2) for label, value in zip(labels, values, strict=True)}

    def _costs(self) -> list[Fraction]:
        file = self.file
        if "cost" not in self.columns:
            said = Sentence(
                N_("The table {name} is without the column “{column}”."), {"name": "PROJECTS", "column": "cost"}
            )
            raise NotPabulib(said, max(1, file.project_line - 1))
        place = self.columns["cost"]
        costs, seen = [], set()
        for number, row in enumerate(file.projects):
            line = file.line_of_project(number)
            if not row[0] or "," in row[0]:
                raise NotPabulib(Sentence(N_("A project has an id without commas.")), line)
            if row[0] in seen:
                raise NotPabulib(Sentence(N_("Project {id} is named twice."), {"id": row[0]}), line)
            seen.add(row[0])
            costs.append(_number(row[place], line, place + 1))
        return costs

    def _project(self, row: tuple[str, ...], cost: int) -> Project:
        def cell(column: str) -> str:
            value = row[self.columns[column]] if column in self.columns else ""
            return "" if value.lower() == "none" else value

        def whole(column: str) -> int | None:
            value = cell(column)
            return int(value) if value.isascii() and value.isdigit() else None

        return Project(
            row[0],
            cost,
            cell("name"),
            tuple(_listed(cell("category"))),
            tuple(_listed(cell("neighborhood") or cell("district"))),
            whole("votes"),
            whole("selected"),
        )

    # ballots

    def _ballots(self, kind: VoteKind, projects: tuple[Project, ...], bounds: Bounds) -> Ballots:
        file = self.file
        columns = {name: place for place, name in enumerate(file.vote_columns)}
        if "vote" not in columns:
            said = Sentence(
                N_("The table {name} is without the column “{column}”."), {"name": "VOTES", "column": "vote"}
            )
            raise NotPabulib(said, max(1, file.vote_line - 1))
        pointed = "points" in columns and kind in {*POINTED, VoteKind.ORDINAL}
        if kind in POINTED and not pointed:
            said = Sentence(
                N_("The table {name} is without the column “{column}”."), {"name": "VOTES", "column": "points"}
            )
            raise NotPabulib(said, max(1, file.vote_line - 1))
        reader = reader_of(kind, projects, bounds, pointed=pointed)
        cells = file.votes.plain
        twice = [] if cells is not None and cells.differ(0) else _twice(file)
        vote = columns["vote"]
        if cells is not None and not pointed:
            found = gather_alike(cells, vote, reader, twice, file.vote_line, bounds.max_length)
            if found is not None:
                return found
            allowed = allowed_lengths(kind, projects, bounds)
            names = Names.of([project.id for project in projects])
            if allowed is not None and names is not None:
                return gather_plain(cells, vote, names, allowed, reader, twice, file.vote_line, bounds.max_length)
        votes = file.votes.column(vote)
        written: list[str] | list[Written] = votes
        if pointed:
            written = list(zip(votes, file.votes.column(columns["points"]), strict=True))
        return gather(written, reader, twice, file.ballot_lines, bounds.max_length)


def _twice(file: PabulibFile) -> list[int]:
    """Ballots of voters who have given one already."""
    voters = file.votes.column(0)
    if len(set(voters)) == len(voters):
        return []
    seen: set[str] = set()
    found = []
    for place, voter in enumerate(voters):
        name = voter.strip()
        if name and name in seen:
            found.append(place)
        seen.add(name)
    return found


def allowed_lengths(kind: VoteKind, projects: tuple[Project, ...], bounds: Bounds) -> range | None:
    """How many projects a ballot may name; None where more than that decides whether it is valid."""
    if kind is VoteKind.ORDINAL or bounds.min_sum_cost is not None or bounds.max_sum_cost is not None:
        return None
    most = 1 if kind is VoteKind.CHOOSE_ONE else bounds.max_length
    return range(bounds.min_length or 0, (len(projects) if most is None else most) + 1)


def reader_of(
    kind: VoteKind, projects: tuple[Project, ...], bounds: Bounds, *, pointed: bool
) -> Callable[[str, str], Read]:
    """What reads one written ballot."""
    index = {project.id: place for place, project in enumerate(projects)}
    costs = [project.cost for project in projects]
    most = 1 if kind is VoteKind.CHOOSE_ONE else bounds.max_length
    least = bounds.min_length
    ordered = kind is VoteKind.ORDINAL
    money = bounds.min_sum_cost is not None or bounds.max_sum_cost is not None

    def fault_of(places: list[int]) -> Fault | None:
        if len(set(places)) < len(places):
            return Fault.PROJECT_TWICE
        if least is not None and len(places) < least:
            return Fault.TOO_FEW
        if most is not None and len(places) > most:
            return Fault.TOO_MANY
        if money:
            spent = sum(costs[place] for place in places)
            if bounds.min_sum_cost is not None and spent < bounds.min_sum_cost:
                return Fault.TOO_CHEAP
            if bounds.max_sum_cost is not None and spent > bounds.max_sum_cost:
                return Fault.TOO_DEAR
        return None

    def read(vote: str, given: str) -> Read:
        try:
            places = [index[name] for name in vote.split(",")]
        except KeyError:
            names = _listed(vote)
            if not all(name in index for name in names):
                known = tuple(index[name] for name in names if name in index)
                return Read(known, None, Fault.UNKNOWN_PROJECT)
            places = [index[name] for name in names]
        fault = fault_of(places)
        if not pointed:
            return Read(tuple(places) if ordered or fault else tuple(sorted(places)), None, fault)
        points, wrong = _points(given, len(places), bounds)
        fault = fault or wrong
        if fault is not None or ordered:
            return Read(tuple(places), points, fault)
        pairs = sorted(zip(places, points, strict=True))
        return Read(tuple(place for place, _ in pairs), tuple(point for _, point in pairs), None)

    return read


def _points(written: str, expected: int, bounds: Bounds) -> tuple[tuple[int | Fraction, ...], Fault | None]:
    parts = _listed(written)
    none = (0,) * expected
    if len(parts) != expected:
        return none, Fault.POINTS_MISSING
    try:
        points = tuple(int(part) if part.isdigit() else Fraction(Decimal(part)) for part in parts)
    except (InvalidOperation, ValueError, OverflowError):
        return none, Fault.POINTS_UNREADABLE
    low, high = bounds.min_points, bounds.max_points
    if any(point < (low or 0) for point in points):
        return tuple(max(point, 0) for point in points), Fault.POINTS_TOO_LOW
    if high is not None and any(point > high for point in points):
        return points, Fault.POINTS_TOO_HIGH
    total = sum(points)
    if bounds.min_sum_points is not None and total < bounds.min_sum_points:
        return points, Fault.SUM_TOO_LOW
    if bounds.max_sum_points is not None and total > bounds.max_sum_points:
        return points, Fault.SUM_TOO_HIGH
    return points, None


def _listed(cell: str) -> list[str]:
    return [part for part in (part.strip() for part in cell.split(",")) if part]


def _number(value: str, line: int, column: int) -> Fraction:
    text = value.strip().replace(",", ".")
    if not _AMOUNT.fullmatch(text) or (found := Fraction(text)) > MOST:
        raise NotPabulib(Sentence(N_("This is not an amount: “{value}”."), {"value": value}), line, column)
    if FINEST_COIN % found.denominator:
        raise NotPabulib(
            Sentence(N_("An amount has four decimals at most: “{value}”."), {"value": value}), line, column
        )
    return found
