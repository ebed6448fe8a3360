"""A link carries a request to another desk and its answer back; it knows nothing of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from akimat_desk.journal.batch import Audience

if TYPE_CHECKING:
    from akimat_desk.sync.exchange import Exchange


class Link(Protocol):
    """A way to one other desk. `audience` is what its keeper may be sent of personal parts; enrolment says so."""

    audience: Audience

    def call(self, request: bytes) -> bytes:
        """The answer to `request`; raises `Unreachable`, `NotADesk` or `TooMuch`."""
        ...


class InProcessLink:
    """A link to an exchange in this process, for tests and for a host that also syncs itself."""

    def __init__(self, other: Exchange, *, audience: Audience = "nobody", here: Audience = "nobody") -> None:
        self._other = other
        self._here: Audience = here
        self.audience: Audience = audience

    def call(self, request: bytes) -> bytes:
        """See `Link`."""
        return self._other.answer(request, self._here)
