"""The mark of the print queue moves with everything that shows, and stands still while only time is counted."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.journal import Journal
from printing import actions, live
from printing.held import Held
from printing.layout import Pages, quoted
from printing.rules import Options
from printing.spool import Spool


def test_every_change_that_shows_moves_the_mark(journal: Journal, spool: Spool) -> None:
    held = Held(journal.store, journal.clock, spool)
    pages, options = Pages(2), Options()
    cost = quoted(pages, options, actions.prices_today(journal))
    document = b"%PDF" * 10

    def mark() -> str:
        with journal.store.read() as db:
            return live.marks(db)[live.TOPIC]

    def moves(what: Callable[[], object]) -> bool:
        before = mark()
        what()
        return mark() != before

    def hold() -> None:
        held.hold(document, device=journal.device, seat=1, pages=pages, options=options, quote=cost)

    assert moves(hold)
    assert not moves(held.pass_time)
    assert not moves(lambda: spool.sweep(keep_since_ms=0))
    (job,) = held.find().jobs
    assert moves(lambda: spool.put(document, printer=1, options=options, quote=cost))
    (printing,) = spool.jobs()
    assert moves(lambda: spool.move(printing.job, 2, ""))
    assert moves(lambda: spool.ask_stop(printing.job))
    assert moves(lambda: held.cancel(job.held))
    assert moves(lambda: held.forget(job.held))
