"""What staff type about a person, put in order or refused in words about the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import Translator
from akimat_desk.people.details import (
    Details,
    IinRefused,
    NameForm,
    NameMissing,
    PhoneForm,
    StreetTooLong,
    asked_for,
    found_by,
    in_order,
    name_in_order,
    order_of,
    shown_phone,
)


def test_spaces_and_letters_are_put_in_order() -> None:
    assert in_order(
        Details("  Ерғалиева ", "Бағдат\t", " Оразқызы", "650101 500016", "8 (701) 555-00-11", " Абай  көшесі, 27-үй ")
    ) == Details("Ерғалиева", "Бағдат", "Оразқызы", "650101500016", "+77015550011", "Абай көшесі, 27-үй")


@pytest.mark.parametrize(
    "name",
    ["Әлі", "Ким", "Салтыков-Щедрин", "Нұр-Мұхаммед", "О'Коннор", "Әл Фараби", "қызы", "Жұмабеков мл.", "Müller"],
)
def test_names_as_documents_have_them(name: str) -> None:
    assert in_order(Details(name, "А")).surname == name


@pytest.mark.parametrize("name", ["650101500016", "Ерғалиева1", "<b>", "a@b", "-", "...", "_", "Ә" * 61, "Ali\x00"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(NameForm):
        in_order(Details(name, "А"))


def test_a_person_may_have_one_name_and_no_patronymic() -> None:
    assert in_order(Details(given="Айгүл")).full_name == "Айгүл"


def test_but_not_none() -> None:
    with pytest.raises(NameMissing):
        in_order(Details(patronymic="Оразқызы", phone="77015550011"))
    with pytest.raises(NameMissing):
        name_in_order("   ")


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("+7 701 555 00 11", "+77015550011", "+7 (701) 555-00-11"),
        ("8-701-555-00-11", "+77015550011", "+7 (701) 555-00-11"),
        ("77015550011", "+77015550011", "+7 (701) 555-00-11"),
        ("7015550011", "+77015550011", "+7 (701) 555-00-11"),
        ("3-21-45", "32145", "32145"),
        ("", "", ""),
    ],
)
def test_phone_numbers(typed: str, kept: str, shown: str) -> None:
    assert in_order(Details("А", phone=typed)).phone == kept
    assert shown_phone(kept) == shown


@pytest.mark.parametrize(
    "typed", ["12", "телефоны жоқ", "+1 212 555 0100", "650101500016", "+770155500111", "٧٠١٥٥٥٠٠١١"]
)
def test_what_is_no_phone_number(typed: str) -> None:
    with pytest.raises(PhoneForm):
        in_order(Details("А", phone=typed))


def test_a_wrong_iin_is_refused_with_the_sentence_of_the_field() -> None:
    with pytest.raises(IinRefused) as refused:
        in_order(Details("А", iin="650101500017"))
    assert refused.value.reason == "checksum"
    assert Translator((), "en").say(refused.value.for_staff) == (
        "The IIN has a mistake. Check the 12 digits on the identity card."
    )
    assert "650101500017" not in str(refused.value)


def test_a_letter_is_not_an_address() -> None:
    with pytest.raises(StreetTooLong):
        in_order(Details("А", street="көше " * 40))


def test_how_people_are_named() -> None:
    assert Details("Ерғалиева", "Бағдат", "Оразқызы").full_name == "Ерғалиева Бағдат Оразқызы"
    assert Details("Ерғалиева", "Бағдат", "Оразқызы").short_name == "Б. Ерғалиева"
    assert Details(given="Айгүл").short_name == "Айгүл"


def test_people_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    people = [
        Details(surname, "А") for surname in ("Үсенов", "Уәлиев", "Қасым", "Касым", "Әлі", "Али", "Ұлан", "Беков")
    ]
    assert [person.surname for person in sorted(people, key=order_of)] == [
        "Али",
        "Әлі",
        "Беков",
        "Касым",
        "Қасым",
        "Уәлиев",
        "Ұлан",
        "Үсенов",
    ]


def test_words_are_found_as_people_type_them() -> None:
    assert found_by(Details("Қасымұлы", "Нұр-Мұхаммед", iin="650101500016")) == "касымулы нур-мухаммед 650101500016"
    assert asked_for(" ҚАСЫМ  нұр-мұ ") == "касым нур му"


def test_digits_typed_in_groups_are_the_beginning_of_one_iin() -> None:
    assert asked_for("650101 500 Әлі") == "али 650101500"


@given(st.builds(Details, *[st.text(max_size=70)] * 6))
def test_what_is_in_order_stays_so(typed: Details) -> None:
    try:
        ordered = in_order(typed)
    except Refused:
        return
    assert in_order(ordered) == ordered
