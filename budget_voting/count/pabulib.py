"""Pabulib files (.pb, .pb.gz): read what real ones contain, write what the format's own checker accepts.

A file has three tables with ";" between cells: META, PROJECTS and VOTES. Real files have spaces around the separators
of lists, decimals, columns nobody described, and cells in quotes. All of it is kept: reading, writing and reading again
gives the same cells. Spaces around a cell mean nothing and are not kept.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.base.words import N_, Sentence
from budget_voting.count.cells import Cells, OtherEnds, is_utf8, with_plain_ends
from budget_voting.count.errors import NotPabulib

MOST_BYTES: Final = 512 * 1024 * 1024
"""No file of ballots is larger once unpacked; a small file that unpacks to more is a trick."""
LISTS: Final = frozenset({"vote", "points", "category", "beneficiaries", "target"})
"""Columns whose cells are lists with commas."""
META_LISTS: Final = frozenset({"categories", "neighborhoods", "budget_per_category", "budget_per_neighborhood"})
META_SUMS: Final = frozenset(
    f"{edge}_{sum_}" for edge in ("min", "max") for sum_ in ("sum_cost", "points", "sum_points", "project_cost")
) | {"budget", "leftover_budget"}
"""Values that are one number; a comma in them is a decimal comma, which the format does not have."""
META_ORDER: Final = (
    *("description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget"),
    *("vote_type", "rule", "date_begin", "date_end", "min_length", "max_length", "min_sum_cost", "max_sum_cost"),
    *("min_points", "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_cost"),
    *("max_project_cost", "min_project_score_threshold", "neighborhoods", "subdistricts", "categories", "edition"),
    *("language", "currency", "fully_funded", "experimental", "comment", "acknowledgments", "leftover_budget"),
    *("budget_per_category", "budget_per_neighborhood", "min_length_per_category", "max_length_per_category"),
    *("min_sum_cost_per_category", "max_sum_cost_per_category"),
)
PROJECT_ORDER: Final = (
    *("project_id", "cost", "votes", "score", "name", "category", "beneficiaries", "selected", "neighborhood"),
    *("subunit", "district", "description", "proposer", "public_id", "latitude", "longitude"),
)
VOTE_ORDER: Final = (
    *("voter_id", "vote", "points", "age", "sex", "voting_method", "district", "neighborhood", "education"),
)


class Rows(Sequence[Sequence[str]]):
    """The rows of VOTES. Where no cell is quoted, they stay the bytes of the file until somebody asks for one."""

    def __init__(
        self, width: int, plain: Cells | None, cells: list[list[str]] | None, lines: Sequence[int] = ()
    ) -> None:
        self.width, self.plain, self._cells = width, plain, cells
        self.lines = lines
        """The line of each row in the file; none where they follow each other from the first."""

    def __len__(self) -> int:
        return len(self.plain if self.plain is not None else self._cells or ())

    def __getitem__(self, place: int) -> list[str]:  # type: ignore[override]
        row = self.plain.line(place).split(";") if self.plain is not None else (self._cells or [])[place]
        return [cell.strip() for cell in row]

    def __iter__(self) -> Iterator[list[str]]:
        return (self[place] for place in range(len(self)))

    def column(self, place: int) -> list[str]:
        """One cell of every row, as it is written."""
        if self.plain is not None:
            return self.plain.texts(place)
        return [row[place] for row in self._cells or ()]


@dataclass(frozen=True, eq=False)
class PabulibFile:
    """The cells of a file."""

    meta: tuple[tuple[str, str], ...]
    project_columns: tuple[str, ...]
    projects: tuple[tuple[str, ...], ...]
    vote_columns: tuple[str, ...]
    votes: Rows
    project_line: int = 0
    """The line where the projects begin; zero where the file was not read."""
    vote_line: int = 0
    """The line of the first ballot."""
    meta_line: int = 0
    project_lines: tuple[int, ...] = ()
    """The line of each project: lines may be empty, and a cell in quotes may go over several."""
    meta_lines: tuple[int, ...] = ()

    @property
    def ballot_lines(self) -> Sequence[int]:
        """The line of each ballot."""
        return self.votes.lines or range(self.vote_line, self.vote_line + len(self.votes))

    def line_of_meta(self, key: str) -> int:
        """The line of a key of META; the first of the table where it is not there."""
        places = {name: line for (name, _), line in zip(self.meta, self.meta_lines, strict=False)}
        return places.get(key, max(1, self.meta_line))

    def line_of_project(self, place: int) -> int:
        """The line of a project."""
        return self.project_lines[place] if self.project_lines else place + 1

    def about(self, key: str) -> str:
        """A value of META; empty where it is not there."""
        return dict(self.meta).get(key, "")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, unpacked where it is packed."""
    raw = path.read_bytes()
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as packed:
            found = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as why:
        raise NotPabulib(Sentence(N_("The packed file cannot be unpacked."))) from why
    if len(found) > MOST_BYTES:
        raise NotPabulib(Sentence(N_("The file is larger than any vote.")))
    return found


def read_pabulib(raw: bytes) -> PabulibFile:
    """The tables of a file; raises `NotPabulib` with line and column where there are none."""
    try:
        if not is_utf8(raw):
            raw.decode()
    except UnicodeDecodeError as why:
        raise NotPabulib(Sentence(N_("The file is not written in UTF-8.")), *_place(raw, why.start)) from why
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if raw and not raw.endswith(b"\n"):
        raw += b"\r\n" if b"\r\n" in raw else b"\n"
    if b"\0" in raw:
        raise NotPabulib(Sentence(N_("The file is not a text.")), *_place(raw, raw.index(b"\0")))
    try:
        return _Reader(raw).read()
    except OtherEnds:
        return _Reader(with_plain_ends(raw)).read()


def _place(raw: bytes, at: int) -> tuple[int, int]:
    """Line and column of a byte."""
    line = raw.rfind(b"\n", 0, at) + 1
    return raw.count(b"\n", 0, at) + 1, raw.count(b";", line, at) + 1


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.read_to = raw, 0
        self.rows = csv.reader(self._lines(), delimiter=";")

    def _lines(self) -> Iterator[str]:
        """Lines as the csv module wants them, so that a quoted cell may go over several."""
        while self.read_to <= len(self.raw):
            begin, end = self.read_to, self.raw.find(b"\n", self.read_to)
            end = len(self.raw) if end < 0 else end
            self.read_to = end + 1
            line = self.raw[begin:end].removesuffix(b"\r")
            if b"\r" in line:
                raise OtherEnds
            yield line.decode() + "\n"

    def read(self) -> PabulibFile:
        meta_line, header = self._section("META")
        if [cell.lower() for cell in header[:2]] != ["key", "value"]:
            raise NotPabulib(Sentence(N_("META begins with the line “key;value”.")), meta_line - 1)
        meta, places, meta_lines = [], set(), []
        for line, row in self._until("PROJECTS"):
            if len(row) < 2:
                raise NotPabulib(Sentence(N_("A line of META has a key and a value.")), line)
            if row[0] in places:
                raise NotPabulib(Sentence(N_("This key was given before: {key}."), {"key": row[0]}), line)
            places.add(row[0])
            meta.append((row[0], ";".join(row[1:]).rstrip("; ")))
            meta_lines.append(line)
        project_line, columns = self._header("project_id", "PROJECTS")
        projects, project_lines = [], []
        for line, row in self._until("VOTES"):
            projects.append(tuple(self._fitted(row, len(columns), line)))
            project_lines.append(line)
        vote_line, vote_columns = self._header("voter_id", "VOTES")
        votes = self._votes(len(vote_columns))
        return PabulibFile(
            tuple(meta),
            columns,
            tuple(projects),
            vote_columns,
            votes,
            project_line,
            vote_line,
            meta_line,
            tuple(project_lines),
            tuple(meta_lines),
        )

    def _row(self) -> list[str] | None:
        try:
            return [cell.strip() for cell in next(self.rows)]
        except StopIteration:
            return None
        except csv.Error as why:
            raise NotPabulib(Sentence(N_("This line cannot be cut into cells.")), self.rows.line_num) from why

    def _section(self, name: str) -> tuple[int, list[str]]:
        row = self._filled()
        if row is None or row[0].upper() != name:
            raise NotPabulib(
                Sentence(N_("The table {name} begins here; the file has something else."), {"name": name}),
                max(1, self.rows.line_num),
            )
        header = self._filled() or [""]
        return self.rows.line_num + 1, header

    def _filled(self) -> list[str] | None:
        """The next line that is not empty."""
        row = self._row()
        while row is not None and not any(row):
            row = self._row()
        return row

    def _until(self, name: str) -> Iterator[tuple[int, list[str]]]:
        begin = self.rows.line_num + 1
        while (row := self._row()) is not None:
            if row and row[0].upper() == name and not any(row[1:]):
                return
            if any(row):
                yield begin, row
            begin = self.rows.line_num + 1
        raise NotPabulib(Sentence(N_("The table {name} is missing."), {"name": name}), self.raw.count(b"\n") + 1)

    def _header(self, first: str, name: str) -> tuple[int, tuple[str, ...]]:
        row = self._filled()
        line = self.rows.line_num
        if not row or row[0] != first:
            raise NotPabulib(
                Sentence(N_("The first column of {name} is “{column}”."), {"name": name, "column": first}), line
            )
        while len(row) > 1 and not row[-1]:
            row.pop()
        for place, cell in enumerate(row):
            if cell in row[:place]:
                raise NotPabulib(Sentence(N_("There are two columns “{column}”."), {"column": cell}), line, place + 1)
        return line + 1, tuple(row)

    def _fitted(self, row: list[str], width: int, line: int) -> list[str]:
        if len(row) > width and not any(row[width:]):
            del row[width:]
        if len(row) != width:
            raise NotPabulib(
                Sentence(N_("This line has {n} cells, the table has {width}."), {"n": len(row), "width": width}),
                line,
                min(len(row), width) + 1,
            )
        return row

    def _votes(self, width: int) -> Rows:
        end = len(self.raw)
        while end > self.read_to and self.raw[end - 1] in b" \t\r\n":
            end -= 1
        if end > self.read_to and self.raw.find(b'"', self.read_to) < 0:
            plain = Cells.of(self.raw, self.read_to, self.raw.index(b"\n", end) + 1, width)
            if plain is not None:
                return Rows(width, plain, None)
        cells, lines, begin = [], [], self.rows.line_num + 1
        while (row := self._row()) is not None:
            if any(row):
                cells.append(self._fitted(row, width, begin))
                lines.append(begin)
            begin = self.rows.line_num + 1
        return Rows(width, None, cells, lines)


def write_pabulib(file: PabulibFile) -> str:
    """The file as text: counts as they are, known keys and columns in the order of the format, lists without spaces,
    decimals with a point.
    """
    counts = {"num_projects": str(len(file.projects)), "num_votes": str(len(file.votes))}
    meta = {key: counts.get(key, _tidy(value, key in META_LISTS, key in META_SUMS)) for key, value in file.meta}
    meta |= {key: value for key, value in counts.items() if key not in meta}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows((key, meta[key]) for key in _ordered(meta, META_ORDER))
    for name, columns, order, rows in (
        ("PROJECTS", file.project_columns, PROJECT_ORDER, file.projects),
        ("VOTES", file.vote_columns, VOTE_ORDER, file.votes),
    ):
        wanted = _ordered(columns, order)
        places = [columns.index(column) for column in wanted]
        kinds = [(column in LISTS, column == "cost") for column in wanted]
        writer.writerow([name])
        writer.writerow(wanted)
        for row in rows:
            writer.writerow([_tidy(row[place], *kind) for place, kind in zip(places, kinds, strict=True)])
    return out.getvalue()


def _ordered(names: Iterable[str], order: Sequence[str]) -> list[str]:
    known = list(names)
    return [*(name for name in order if name in known), *(name for name in known if name not in order)]


def _tidy(cell: str, many: bool, sum_: bool) -> str:
    if sum_:
        return cell.strip().replace(",", ".")
    return ",".join(part.strip() for part in cell.split(",")) if many else cell.strip()
