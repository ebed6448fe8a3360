"""What the guest book tells the journal, the table it makes, and a table of this PC alone."""

import peewee

from akimat_desk.journal import Entry, Facts, Kind, merge
from akimat_desk.store import Database, Migration


class LineLeft(Facts, frozen=True):
    """Somebody left a line of so many letters."""

    letters: int


class Line(peewee.Model):
    """Projection of `LineLeft`."""

    entry = peewee.TextField(primary_key=True)
    letters = peewee.IntegerField()

    class Meta:
        table_name = "guestbook_line"


def _apply(db: Database, entry: Entry) -> None:
    facts: LineLeft = entry.facts
    merge.union(db, entry, Line, letters=facts.letters)


def _pens(db: Database) -> None:
    db.execute_sql("CREATE TABLE guestbook_pen (colour TEXT PRIMARY KEY)")


LINE_LEFT = Kind("guestbook.line_left", LineLeft, _apply)
KINDS = (LINE_LEFT,)
TABLES = (Line,)
LOCAL = (Migration("guestbook.pens", _pens),)
