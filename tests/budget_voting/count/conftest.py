"""Files of cities are not part of the project: their tests are there for whoever names a folder that has them."""

from __future__ import annotations

from tests.budget_voting.elections import REAL

collect_ignore = [] if REAL else ["test_real_elections.py"]
