"""Real components, each started for the tests that meet it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.printers import RealPrinter, dns_sd, real_printer


@pytest.fixture(scope="session")
def dns_sd_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """In this environment programs find a message bus and avahi."""
    with dns_sd(tmp_path_factory.mktemp("dns-sd")) as environment:
        yield environment


@pytest.fixture
def office(dns_sd_environment: dict[str, str], tmp_path: Path) -> Iterator[RealPrinter]:
    """A colour printer that prints on both sides and takes PDF and PWG raster."""
    with real_printer(tmp_path, dns_sd_environment) as printer:
        yield printer
