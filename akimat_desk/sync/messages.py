"""What two desks say to each other: msgpack, compressed with zstandard.

    Ask(digest)  ─►  Same(slip)                    nothing new: under 512 bytes both ways together
                 ─►  Has(heads)                    then the asker knows what to send and what to ask for
    Pull(heads)  ─►  Batches(batches, more)        all beyond these heads, a piece at a time
    Push(batches) ─► Got(taken, slip, heads)

Where one is at is told by its heads, chain by chain: a number of arrival would lose entries that were committed late
(SQLStreamStore #121). Nothing is remembered of a conversation, so there is nothing to resume after a cut.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from akimat_desk.journal.batch import Batch, Signature
from akimat_desk.journal.entry import Personal
from akimat_desk.journal.kinds import Digest, Epoch, Id
from akimat_desk.journal.parts import MOST_WANTED
from akimat_desk.journal.receipts import Receipt
from akimat_desk.journal.receive import Taken
from akimat_desk.journal.tables import Head
from akimat_desk.sync.columns import InColumns, Uneven, in_columns, in_rows
from akimat_desk.sync.errors import NotADesk
from akimat_desk.sync.packing import MAX_PACKED as MAX_PACKED
from akimat_desk.sync.packing import MAX_UNPACKED as MAX_UNPACKED
from akimat_desk.sync.packing import packed, understood, unpacked

Wants = Annotated[list[Id], Meta(max_length=MOST_WANTED)]
Parts = Annotated[list[tuple[Id, Personal]], Meta(max_length=MOST_WANTED)]


class Slip(msgspec.Struct, frozen=True, array_like=True):
    """A receipt without the heads it is for: both sides know them."""

    device: Id
    epoch: Epoch
    at_ms: Annotated[int, Meta(ge=0, lt=2**62)]
    whole: list[Id]
    signature: Signature
    lacks: list[Id] = []

    @classmethod
    def of(cls, receipt: Receipt) -> Slip:
        """The slip of a receipt."""
        return cls(receipt.device, receipt.epoch, receipt.at_ms, receipt.whole, receipt.signature, receipt.lacks)

    def receipt(self, heads: list[Head]) -> Receipt:
        """The receipt this is the slip of."""
        return Receipt(self.device, self.epoch, self.at_ms, self.whole, heads, self.signature, self.lacks)


class Ask(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """Is there anything new? `digest` is of all histories the asker knows (`Exchange.digest`); `wants` are entries
    whose personal part it lacks.
    """

    digest: Digest
    wants: Wants = []


class Same(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """Both know the same histories. Where there are two of a chain, `first` is the head of the one I had first: the
    slip is for those.
    """

    slip: Slip
    parts: Parts = []
    wants: Wants = []
    first: list[Head] = []


class Has(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """What I hold. `aside` are the ends of second histories I keep already: they need not be told again."""

    heads: list[Head]
    aside: list[Digest]
    parts: Parts = []
    wants: Wants = []


class Pull(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """Give me what you have beyond `heads`; about `most` bytes of it, 0 as much as you like. The histories that I know
    end in `known`: those you keep aside and I do not know come last.
    """

    heads: list[Head]
    most: Annotated[int, Meta(ge=0, lt=2**31)] = 0
    known: list[Digest] = []


class Batches(msgspec.Struct, frozen=True, array_like=True, tag=5):
    """Some of it; `more` when it is not all."""

    batches: list[Batch]
    more: bool


class Push(msgspec.Struct, frozen=True, array_like=True, tag=6):
    """Take these."""

    batches: list[Batch]
    parts: Parts = []


class Got(msgspec.Struct, frozen=True, array_like=True, tag=7):
    """What became of them; `heads` and the slip for them are as of now."""

    taken: list[Taken]
    heads: list[Head]
    slip: Slip


class Trouble(msgspec.Struct, frozen=True, array_like=True, tag=8):
    """I could not answer; `code` is the error's."""

    code: Annotated[str, Meta(max_length=100)]


Request = Ask | Pull | Push
Answer = Same | Has | Batches | Got | Trouble


class _Batches(msgspec.Struct, frozen=True, array_like=True, tag=5):
    batches: list[InColumns]
    more: bool


class _Push(msgspec.Struct, frozen=True, array_like=True, tag=6):
    batches: list[InColumns]
    parts: Parts = []


_InRequest = Ask | Pull | _Push
_InAnswer = Same | Has | _Batches | Got | Trouble
_requests: Final[msgspec.msgpack.Decoder[_InRequest]] = msgspec.msgpack.Decoder(_InRequest)
_answers: Final[msgspec.msgpack.Decoder[_InAnswer]] = msgspec.msgpack.Decoder(_InAnswer)


def pack(message: Request | Answer) -> bytes:
    """The bytes of a message; batches go in columns."""
    match message:
        case Push():
            return packed(msgspec.msgpack.encode(_Push([in_columns(one) for one in message.batches], message.parts)))
        case Batches():
            return packed(msgspec.msgpack.encode(_Batches([in_columns(one) for one in message.batches], message.more)))
    return packed(msgspec.msgpack.encode(message))


def unpack_request(data: bytes) -> Request:
    """Raises `NotADesk` or `TooMuch`."""
    request = understood(_requests, unpacked(data))
    try:
        if isinstance(request, _Push):
            return Push([in_rows(one) for one in request.batches], request.parts)
        return request
    except Uneven as error:
        raise NotADesk from error


def unpack_answer(data: bytes) -> Answer:
    """Raises `NotADesk` or `TooMuch`."""
    answer = understood(_answers, unpacked(data))
    try:
        return (
            Batches([in_rows(one) for one in answer.batches], answer.more) if isinstance(answer, _Batches) else answer
        )
    except Uneven as error:
        raise NotADesk from error
