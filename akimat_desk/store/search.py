"""Finding people as one types: every typed word is the beginning of some word of the name, in any order.

A table of words ("асан" → row) answers when one of the typed words is rare. When all are common (a first letter), the
rows are walked in the order they are shown, and the walk ends as soon as the page is full, which common words make
soon. So neither way reads the whole table except for odd pairs of letters. 100,000 names: `benchmarks/store.py`.

    FIND = WordSearch(table="resident", key="id", fold="name_fold", sort="name_sort", words="resident_word")

The searched table needs an index (sort, fold, key) for the walk. The table of words belongs to the same service:

    class ResidentWord(Model):
        word = TextField()
        key = TextField()
        class Meta:
            primary_key = CompositeKey("word", "key")
            without_rowid = True
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from akimat_desk.store.connections import Database

PAGE: Final = 50
_RARE: Final = 1500
"""A word with fewer rows answers alone: looking up each of them costs less than a walk."""
_RARE_OF_SEVERAL: Final = 4000
"""Several such words answer together: their rows in common are few, and the walk would never fill its page."""
_LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class WordSearch:
    """Names of tables and columns: constants of the code, never input. `where` is SQL that further narrows the rows."""

    table: str
    key: str
    fold: str
    """Holds `locale.fold` of what is searched."""
    sort: str
    """Holds `locale.sort_key` of what is shown."""
    words: str
    where: str = ""

    def put(self, db: Database, key: str, folded: str, before: str = "") -> None:
        """The row `key` is now found by the words of `folded`, and no more by those of `before`. "" forgets it."""
        now, then = set(words_of(folded)), set(words_of(before))
        for word in then - now:
            db.execute_sql(f"DELETE FROM {self.words} WHERE word = ? AND key = ?", (word, key))  # noqa: S608
        for word in now - then:
            db.execute_sql(f"INSERT OR IGNORE INTO {self.words} (word, key) VALUES (?, ?)", (word, key))  # noqa: S608

    def find(self, db: Database, folded: str, limit: int = PAGE) -> tuple[str, ...]:
        """The keys of the first `limit` rows in the order of `sort`; `folded` is what was typed, through `fold`."""
        typed = tuple(dict.fromkeys(words_of(folded)))
        rare = self._rare(db, typed)
        conditions, values = [f"({self.where})"] if self.where else [], []
        if rare:
            ranges = " INTERSECT ".join([f"SELECT key FROM {self.words} WHERE word >= ? AND word < ?"] * len(rare))  # noqa: S608
            conditions.append(f"{self.key} IN ({ranges})")
            values += [end for word in rare for end in (word, word + _LAST)]
        for word in typed:
            if word not in rare:
                conditions.append("(" + " OR ".join([f"{self.fold} GLOB ?"] * 3) + ")")
                plain = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in word)
                values += [f"{plain}*", f"* {plain}*", f"*-{plain}*"]
        rows = db.execute_sql(
            f"SELECT {self.key} FROM {self.table} WHERE {' AND '.join(conditions) or '1'}"  # noqa: S608
            f" ORDER BY {self.sort}, {self.key} LIMIT ?",
            (*values, limit),
        )
        return tuple(key for (key,) in rows.fetchall())

    def _rare(self, db: Database, typed: tuple[str, ...]) -> tuple[str, ...]:
        """The typed words that answer from the table of words; none means a walk."""
        count = f"SELECT count(*) FROM (SELECT 1 FROM {self.words} WHERE word >= ? AND word < ? LIMIT ?)"  # noqa: S608
        rows = {word: db.execute_sql(count, (word, word + _LAST, _RARE_OF_SEVERAL)).fetchone()[0] for word in typed}
        rare = tuple(word for word in typed if rows[word] < _RARE_OF_SEVERAL)
        return rare if len(rare) > 1 or any(rows[word] < _RARE for word in rare) else ()


def words_of(folded: str) -> list[str]:
    """The words of a folded text; both halves of a double name count."""
    return folded.replace("-", " ").split()
