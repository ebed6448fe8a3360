"""What lies aside goes after a month, and a wrong clock takes nothing with it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.base.paths import Home
from akimat_desk.store.leftovers import forget_old

NOW = datetime(2026, 11, 20, 10, tzinfo=KAZAKHSTAN)


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@pytest.fixture
def left(home: Home) -> dict[str, Path]:
    """A copy and a set-aside database of today, of forty days ago, and of a day when the clock said 1970."""
    found: dict[str, Path] = {}
    days = {"new": datetime(2026, 11, 1, tzinfo=KAZAKHSTAN), "old": datetime(2026, 10, 1, tzinfo=KAZAKHSTAN)}
    for name, day in {**days, "undated": datetime(1970, 1, 2, tzinfo=KAZAKHSTAN)}.items():
        copy = home.data / "copies" / f"{name}-before-printing.db"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(b"copy")
        os.utime(copy, (day.timestamp(), day.timestamp()))
        aside = home.data / "aside" / f"{day:%Y%m%d-%H%M%S}-0a1b"
        aside.mkdir(parents=True)
        (aside / "desk.db").write_bytes(b"database")
        found |= {f"copy {name}": copy, f"aside {name}": aside}
    return found


def there(left: dict[str, Path]) -> set[str]:
    return {name for name, path in left.items() if path.exists()}


def test_after_a_month_they_go(home: Home, left: dict[str, Path]) -> None:
    assert forget_old(home, ms(NOW)) == 2
    assert there(left) == {"copy new", "aside new", "copy undated", "aside undated"}


def test_a_clock_at_1970_removes_nothing(home: Home, left: dict[str, Path]) -> None:
    assert forget_old(home, ms(datetime(1970, 1, 5, tzinfo=KAZAKHSTAN))) == 0
    assert there(left) == set(left)


def test_where_nothing_was_kept_there_is_nothing_to_do(home: Home) -> None:
    assert forget_old(home, ms(NOW)) == 0


def test_what_is_no_date_stays(home: Home) -> None:
    kept = home.data / "aside" / "by hand"
    kept.mkdir(parents=True)
    assert forget_old(home, ms(NOW)) == 0
    assert kept.exists()
