"""What takes time runs beside the screen: writes on one thread, reads on another, what takes minutes (a backup) on a
third; answers come back on the screen's thread.

    operations.run(lambda: book(journal, slot), on_done=show_ticket, on_failed=stage.error)

- Writes keep their order because there is one thread for them; a long read never holds a write up, and what is long
  holds up neither.
- An `AkimatDeskError` goes to `on_failed` as it is. Anything else is a bug: it is logged with a code, by place and
  kind only (never its message, which could hold a name), and `on_failed` gets `Unexpected` with the same code.
- With `progress`, the action is called with a `Report`; each call of it moves the bar and is the place where Cancel
  takes effect.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any, ClassVar, Final, Literal, NamedTuple, TypeVar

from akimat_desk.base.errors import AkimatDeskError, Misuse, Unavailable
from akimat_desk.base.words import N_, Sentence

log = logging.getLogger(__name__)

Kind = Literal["write", "read", "long"]
T = TypeVar("T")

SOON_MS: Final = 2
SOON: Final = 50
BUSY_MS: Final = 8
IDLE_MS: Final = 250
"""How often answers are fetched: so many times after something began, while it runs on, and otherwise (only `post` from
other threads can come then).
"""


class Unexpected(Misuse):
    """A bug. The code stands in the log too."""

    code = "unexpected"
    staff_text = N_("The desk met something it does not expect. It is in the log under {code}.")


class Cancelled(Unavailable):
    """The person stopped it."""

    code = "cancelled"
    resident_text: ClassVar[str] = N_("Stopped.")
    staff_text: ClassVar[str] = N_("Stopped.")
    next_text: ClassVar[str] = ""


class Progress(NamedTuple):
    """How far an operation is: `total` 0 means nobody knows, then only the words are shown."""

    done: int
    total: int
    sentence: Sentence


class Operation:
    """A running operation."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._answered = threading.Event()
        self._answer: Callable[[], object] = void
        self.finished = False

    def answered(self, answer: Callable[[], object]) -> None:
        """From its own thread: this is what has to be said on the screen's."""
        self._answer = answer
        self._answered.set()

    def deliver(self) -> None:
        """On the screen's thread: say it, once."""
        if not self.finished:
            self.finished = True
            self._answer()

    def deliver_within(self, seconds: float) -> bool:
        """On the screen's thread, which stands still meanwhile: say it now, if it is known so soon. Tells whether."""
        if self._answered.wait(seconds):
            self.deliver()
        return self.finished

    def cancel(self) -> None:
        """Ask it to stop; it does at its next `Report`."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()


Report = Callable[[int, int, Sentence], None]
"""`report(done, total, sentence)`, called by a long action. Raises `Cancelled` when the person has stopped it."""


def unexpected(error: BaseException) -> Unexpected:
    """Log a bug by kind and place, and give the error that names it to people."""
    from akimat_desk.base.ids import short_code  # brings in cryptographic hashes, which no first window needs

    code = f"{short_code(3)}-{short_code(3)}"
    places = [f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in traceback.extract_tb(error.__traceback__)]
    log.error("unexpected %s: %s at %s", code, type(error).__name__, " > ".join(places[-6:]))
    return Unexpected(code=code)


class Operations:
    """The workers of a window. `after(ms, call)` is the window's own timer."""

    def __init__(self, after: Callable[[int, Callable[[], None]], object]) -> None:
        self._after = after
        self._answers: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._work: dict[Kind, SimpleQueue[Callable[[], None] | None]] = {}
        self._threads: list[threading.Thread] = []
        self._running = self._reading = 0
        self._soon = 0
        self._closed = False
        self._poll()

    def run(
        self,
        action: Callable[..., T],
        on_done: Callable[[T], object],
        on_failed: Callable[[AkimatDeskError], object],
        *,
        progress: Callable[[Progress], object] | None = None,
        kind: Kind = "write",
    ) -> Operation:
        """Run `action` on the thread for `kind`; exactly one of `on_done` and `on_failed` is called on the screen's
        thread.
        """
        operation = Operation()

        def report(done: int, total: int, sentence: Sentence) -> None:
            if operation.cancelled:
                raise Cancelled
            if progress is not None:
                told = Progress(done, total, sentence)
                self._answers.put(lambda: void(progress(told)))

        def work() -> None:
            answer = attempt(action, (report,) if progress else (), on_done, on_failed)

            def deliver() -> None:
                self._running -= 1
                self._reading -= kind == "read"
                operation.deliver()

            operation.answered(answer)
            self._answers.put(deliver)

        self._running += 1
        self._reading += kind == "read"
        self._soon = SOON
        self._queue(kind).put(work)
        if self._running == 1:
            self._after(SOON_MS, self._fetch)
        return operation

    @property
    def reading(self) -> bool:
        """Whether something is being fetched that a screen will show."""
        return self._reading > 0

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: call this on the screen's thread, within a quarter of a second."""
        self._answers.put(call)

    def close(self, seconds: float = 10) -> None:
        """Let the work in hand end (a write is never cut off) and stop."""
        self._closed = True
        for queue in self._work.values():
            queue.put(None)
        for thread in self._threads:
            thread.join(seconds)

    def _queue(self, kind: Kind) -> SimpleQueue[Callable[[], None] | None]:
        queue = self._work.get(kind)
        if queue is None:
            queue = self._work[kind] = SimpleQueue()
            thread = threading.Thread(target=_serve, args=(queue,), name=f"desk-{kind}", daemon=True)
            self._threads.append(thread)
            thread.start()
        return queue

    def _poll(self) -> None:
        if not self._closed:
            self._after(IDLE_MS, self._poll)
            self._deliver()

    def _fetch(self) -> None:
        self._deliver()
        if self._running and not self._closed:
            self._soon -= 1
            self._after(SOON_MS if self._soon > 0 else BUSY_MS, self._fetch)

    def _deliver(self) -> None:
        while True:
            try:
                answer = self._answers.get_nowait()
            except Empty:
                return
            answer()


class AtOnce(Operations):
    """For tests and pictures: `run` comes back when the answer was delivered. Actions still run beside the screen's
    thread.
    """

    def __init__(self) -> None:
        super().__init__(lambda _ms, _call: None)
        self._pool = ThreadPoolExecutor(1, "desk-at-once")

    def run(
        self,
        action: Callable[..., T],
        on_done: Callable[[T], object],
        on_failed: Callable[[AkimatDeskError], object],
        *,
        progress: Callable[[Progress], object] | None = None,
        kind: Kind = "write",
    ) -> Operation:
        """See `Operations`."""
        operation = Operation()
        told: list[Progress] = []

        def report(done: int, total: int, sentence: Sentence) -> None:
            if operation.cancelled:
                raise Cancelled
            told.append(Progress(done, total, sentence))

        answer = self._pool.submit(attempt, action, (report,) if progress else (), on_done, on_failed).result()
        for one in told:
            if progress is not None:
                progress(one)
        operation.answered(answer)
        operation.deliver()
        return operation

    def post(self, call: Callable[[], None]) -> None:
        """See `Operations`."""
        call()

    def close(self, seconds: float = 10) -> None:
        """See `Operations`."""
        self._pool.shutdown()


def attempt(
    action: Callable[..., T],
    arguments: tuple[Any, ...],
    on_done: Callable[[T], object],
    on_failed: Callable[[AkimatDeskError], object],
) -> Callable[[], None]:
    """Call `action` and give back what has to be said on the screen's thread."""
    try:
        result = action(*arguments)
    except AkimatDeskError as refused:
        known = refused
        return lambda: void(on_failed(known))
    except Exception as bug:
        hidden = unexpected(bug)
        return lambda: void(on_failed(hidden))
    return lambda: void(on_done(result))


def void(_: object = None) -> None:
    """Drop a value."""


def _serve(queue: SimpleQueue[Callable[[], None] | None]) -> None:
    while (work := queue.get()) is not None:
        work()
