"""Opens a desk: the store with every service's tables, the journal with every service's kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import akimat_desk
from akimat_desk.service import Desk, Service, migrations_of, registry_of

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.base.paths import Home
    from akimat_desk.base.words import Translator


def catalogues(services: Sequence[Service]) -> tuple[Path, ...]:
    """Where the translations of the desk and of its services lie."""
    own = Path(akimat_desk.__file__).parent / "locale"
    return (own, *(service.locale for service in services if service.locale is not None and service.locale != own))


@contextmanager
def open_desk(
    home: Home, *, clock: Clock, words: Translator, services: tuple[Service, ...], create: bool = False
) -> Iterator[Desk]:
    """The desk in `home`, closed when the block ends; with `create`, made where there is none.

    Raises what `Store.open` raises; in each case the files are as they were.
    """
    from akimat_desk.journal import Journal
    from akimat_desk.store import Store

    if create:
        home.ensure()
    store = Store.open(home, migrations=migrations_of(services), create=create, clock=clock)
    try:
        journal = Journal.open(store, registry_of(services), clock)
        yield Desk(home=home, clock=clock, store=store, journal=journal, words=words, services=services)
    finally:
        store.close()
