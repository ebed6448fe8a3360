"""The PIN: which are too easy, and how one is kept."""

from __future__ import annotations

import pytest

from akimat_desk.people.pin import PinEasy, PinForm, check_new_pin, fits, make_verifier


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", " 123456", "５８２７４１"])
def test_a_pin_is_six_digits(pin: str) -> None:
    with pytest.raises(PinForm):
        check_new_pin(pin)


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "123456",
        "654321",
        "890123",  # in a row over the nine
        "098765",
        "121212",
        "483483",
        "112233",
        "123321",
        "100001",
        "171117",
        "111112",
        "147258",
        "159357",
    ],
)
def test_patterns_are_refused(pin: str) -> None:
    with pytest.raises(PinEasy):
        check_new_pin(pin)


@pytest.mark.parametrize("pin", ["582741", "190427", "307518", "135790"])
def test_others_are_taken(pin: str) -> None:
    check_new_pin(pin)


def test_few_pins_are_lost_to_the_patterns() -> None:
    def easy(pin: str) -> bool:
        try:
            check_new_pin(pin)
        except PinEasy:
            return True
        return False

    assert sum(easy(f"{number:06d}") for number in range(0, 1_000_000, 7)) / (1_000_000 / 7) < 0.01


def test_a_verifier_fits_its_pin_and_no_other() -> None:
    verifier = make_verifier("582741")
    assert fits("582741", verifier)
    assert not fits("582742", verifier)


def test_how_it_is_hashed_stands_in_the_verifier() -> None:
    """Argon2id, version 19, 19 MiB, two passes, one lane: readable by every other implementation."""
    assert make_verifier("582741").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_one_pin_gives_another_verifier_each_time() -> None:
    assert make_verifier("582741") != make_verifier("582741")


@pytest.mark.parametrize("verifier", ["", "582741", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$12$abc"])
def test_an_unreadable_verifier_fits_nothing(verifier: str) -> None:
    assert not fits("582741", verifier)
