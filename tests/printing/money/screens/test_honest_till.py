"""The honest till's charts: by month and by day, with bounds where there are documents enough to tell."""

from __future__ import annotations

from akimat_desk.base.words import Translator
from akimat_desk.ui.widgets.time_chart import Pillar
from printing.money.till import BoxCount

from .conftest import MS, box_of  # type: ignore[import-not-found]

DAY_MS = 86_400_000
ENGLISH = Translator([], "en")


def shown(*counts: BoxCount) -> tuple[list[Pillar], list[Pillar]]:
    """The pillars of the months and of the days."""
    till = box_of(*counts)
    till.now = till.fetch()
    return till.months(ENGLISH), till.days(ENGLISH)


def test_too_few_documents_have_a_sum_and_no_share() -> None:
    months, days = shown(BoxCount(MS, (20,) * 29, 500))
    assert months == [Pillar("November: too few", 0)]
    assert days == [Pillar("20.11", 80, "80\u00a0₸")]


def test_enough_documents_have_their_share_with_its_bounds() -> None:
    months, days = shown(BoxCount(MS, (20,) * 40, 720))
    ((month,), (day,)) = months, days
    assert (month.label, month.shown, day.label, day.shown) == ("November", "10%", "20.11", "80\u00a0₸ (10%)")
    assert month.low is not None
    assert month.high is not None
    assert (day.low, day.value, day.high) == (round(800 * month.low), 80, round(800 * month.high))
    assert month.low < 0.1 < month.high


def test_counts_of_one_day_stand_together_and_a_day_too_much_hides_no_missing_money() -> None:
    months, days = shown(
        BoxCount(MS, (20,) * 15, 260), BoxCount(MS + 1, (20,) * 15, 340), BoxCount(MS + DAY_MS, (20,) * 3, 60)
    )
    assert [(day.label, day.value, day.shown) for day in days] == [
        ("20.11", 40, "40\u00a0₸ (7%)"),
        ("21.11", 0, "0\u00a0₸"),
    ]
    assert [month.shown for month in months] == ["6%"]
