"""The four steps of booking, the same words on each of its screens."""

from __future__ import annotations

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Steps


def steps(t: Translator, now: int) -> Steps:
    """Step `now` from 1."""
    return Steps(now, (t("Subject"), t("Time"), t("Details"), t("Ticket")))
