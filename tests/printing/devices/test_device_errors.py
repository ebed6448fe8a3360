"""Every error of a device says what is so, what to do, and what to draw."""

from __future__ import annotations

from typing import get_args

import pytest

from akimat_desk.base.errors import AkimatDeskError, Misuse, Refused, Unavailable
from printing.devices import errors
from printing.devices.errors import DeviceError, Drawing, NotReached, OptionsRefused, Stopped

KINDS = sorted(
    (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DeviceError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_stands_in_our_tree_with_a_code_and_a_drawing(kind: type[DeviceError]) -> None:
    assert issubclass(kind, AkimatDeskError)
    assert kind is DeviceError or issubclass(kind, Refused | Unavailable | Misuse)
    assert kind.drawing in get_args(Drawing)
    assert kind.resident_text
    assert kind.staff_text


def test_no_two_share_a_code() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


def test_refused_options_are_listed_for_staff_and_for_the_program() -> None:
    refused = OptionsRefused(["sides", "print-color-mode"])
    assert refused.options == ("sides", "print-color-mode")
    assert str(refused) == "The printer refused these options: sides, print-color-mode."


def test_a_stopped_call_knows_whether_something_left() -> None:
    assert Stopped(sent=True, address="ipp://x").sent is True


def test_a_resident_reads_no_address() -> None:
    assert "{address}" not in NotReached.resident_text
    assert str(NotReached(address="ipp://192.168.1.50/ipp/print")) == (
        "The printer at ipp://192.168.1.50/ipp/print is not answering."
    )
