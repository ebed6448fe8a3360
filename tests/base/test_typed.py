"""What is typed after an option, as a value."""

from __future__ import annotations

import pytest

from akimat_desk.base.typed import count


def test_a_count_is_nothing_or_more() -> None:
    assert [count(text) for text in ("0", "7", " 12 ")] == [0, 7, 12]
    for text in ("-1", "1.5", "two", ""):
        with pytest.raises(ValueError, match=r".*"):
            count(text)
