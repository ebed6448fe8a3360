"""What tests of papers stand on."""

from __future__ import annotations

import pytest

from akimat_desk.base.words import Translator


@pytest.fixture
def words() -> Translator:
    """English, so that what is expected can be read here."""
    return Translator((), "en")
