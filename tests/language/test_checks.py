"""Each check finds what it is for, and leaves good texts alone."""

from __future__ import annotations

import pytest

from tests.language import checks
from tests.language.texts import Entry, english, kazakh, russian


def faults(check: checks.Check, entry: Entry) -> list[str]:
    return list(check(entry))


NOT_COMPLETE = [
    kazakh(""),
    Entry("kk", "Save", ("Сақтау",), fuzzy=True),
    kazakh("Save", "Save"),
    Entry("kk", "{n} sheet", ("{n} парақ",), plural="{n} sheets"),
    Entry("ru", "{n} sheet", ("{n} лист", "{n} листа", ""), plural="{n} sheets"),
    Entry("ru", "{n} sheet", ("{n} лист", "{n} листа"), plural="{n} sheets"),
]
COMPLETE = [
    kazakh("Сақтау", "Save"),
    kazakh("Wi-Fi", "Wi-Fi"),
    kazakh("{name}: {value}", "{name}: {value}"),
    Entry("kk", "{n} sheet", ("{n} парақ", "{n} парақ"), plural="{n} sheets"),
    Entry("ru", "{n} sheet", ("{n} лист", "{n} листа", "{n} листов"), plural="{n} sheets"),
    english("Save"),
]

OTHER_PLACEHOLDERS = [
    kazakh("Күні: {data}", "Date: {date}"),
    kazakh("Күні:", "Date: {date}"),
    Entry("ru", "{n} sheet", ("лист", "{n} листа", "{n} листов"), plural="{n} sheets"),
    kazakh("Бет %s", "Page %s"),
    kazakh("Бет %(n)d", "Page %(n)d"),
    kazakh("Бет {}", "Page {}"),
    kazakh("Бет {0}", "Page {0}"),
    kazakh("Бет {n", "Page {n}"),
    kazakh("Бірінші екінші", "First\nsecond"),
    kazakh("Тоқтату керек пе? [Тоқтату]", "Stop? [Stop] [Go on]"),
]
SAME_PLACEHOLDERS = [
    kazakh("Уақыты: {time}, күні: {date}", "Date: {date}, time: {time}"),
    kazakh("Тоқтату? [Тоқтату] [Жалғастыру]", "Stop? [Stop] [Go on]"),
    kazakh("26%", "26%"),
    kazakh("Бағасы: {price:.1f}", "Price: {price}"),
]

WITH_SUFFIX = [
    kazakh("{place}ға бару"),
    kazakh("{place}-ға бару"),
    kazakh("«{file}»ді ашу"),
    kazakh("{date} дейін"),
    kazakh("{time} бастап"),
    kazakh("{a} мен {b}"),
    kazakh("«{file}» де бар"),
    kazakh("{n}-минут"),
    kazakh("{name}-терезе"),
    kazakh("{name} лар"),
]
WITHOUT_SUFFIX = [
    kazakh("{place} ауылында"),
    kazakh("«{file}» файлын ашу"),
    kazakh("{number} нөмірлі талонды көрсетіңіз"),
    kazakh("{window}-терезеге келіңіз"),
    kazakh("{n} минуттан кейін"),
    kazakh("{reason} үшін"),
    kazakh("{a}, {b}"),
    kazakh("{place} деген ауыл"),
    russian("{place}у"),
]

PLURAL_AFTER_NUMBER = [
    kazakh("5 беттер"),
    kazakh("{n} парақтар шықты"),
    kazakh("{n} парақтарды алыңыз"),
    kazakh("{n}-парақ"),
    kazakh("{n}-минут күтіңіз"),
]
SINGULAR_AFTER_NUMBER = [
    kazakh("5 бет"),
    kazakh("{n} парақ шықты"),
    kazakh("3 компьютер"),
    kazakh("{n} принтер"),
    kazakh("{n}-бет"),
    kazakh("Парақтар бітті"),
    russian("5 лидер"),
]

MIXED_ALPHABETS = [
    kazakh("Cақтау"),  # Latin C
    kazakh("кiру"),  # Latin i
    kazakh("әкiм"),
    kazakh("əкім"),  # schwa U+0259
    kazakh("ɵтініш"),
    kazakh("ҡала"),
    kazakh("и\u0306"),
    russian("cохранить"),
    english("Sаve"),  # Cyrillic а
    english("Open файл"),
]
ONE_ALPHABET = [
    kazakh("Сақтау"),
    kazakh("SMS-хабарлама, QR-код, PDF файлы"),
    kazakh("Wi-Fi желісі"),
    kazakh("«{file}» файлы"),
    russian("Ёлка и йод"),
    english("Print the file"),
]

LOST_LETTERS = [
    kazakh("Уакыт бітті"),
    kazakh("Кайта тексеріңіз"),
    kazakh("каласындагы"),
    kazakh("парак"),
    kazakh("жана"),
    kazakh("Қонырау"),
    kazakh("Жоғарғы он жақ"),
    kazakh("қорсету"),  # too many
    kazakh("көрсетуғе"),
    kazakh("талоның үлқен"),
    kazakh("жолга"),
]
KEPT_LETTERS = [
    kazakh("Уақыт бітті, қайта тексеріңіз"),
    kazakh("Компьютер, карта, код, комиссия"),
    kazakh("он бет"),
    kazakh("саны: 5"),
    kazakh("жаңа құжатыңыз қауіпсіз"),
    russian("Какой код?"),
]

BANNED = [
    kazakh("Төлем сәтті аяқталды"),
    kazakh("Қате орын алды"),
    kazakh("Күту керек"),
    kazakh("Құжат басылуда"),
    kazakh("Күтіңіздер"),
    kazakh("Әкімшіге айтыңыз"),
    kazakh("Аймақ табылмады"),
    kazakh("Сайлаушылар тізімі"),
    kazakh("Мүгедек адам"),
    kazakh("Синхрондау"),
    kazakh("Өтінім мен жолданым"),
    russian("Оплата прошла успешно"),
    russian("Данный файл"),
    russian("Необходимо подождать"),
    russian("Вы готовы(а)"),
    russian("Произошла ошибка"),
    russian("Еще лист"),
    russian("Вы готовы начать?"),
    english("Please wait"),
    english("Invalid number"),
    english("Failed to print"),
    english("A citizen"),
    english("Don't wait"),
]
OUR_WORDS = [
    kazakh("Тағы {left} керек"),
    kazakh("Қалай сақтау керек"),
    kazakh("Құжат басылып жатыр"),
    kazakh("Жүйе әкімшісіне айтыңыз"),
    kazakh("Қауіпсіз аймақ"),
    kazakh("Мүгедектігі бар адам"),
    kazakh("Әкімшілік рәсім"),
    kazakh("ауданда"),
    kazakh("электрондық пошта"),
    russian("Ваши данные стёрты"),
    russian("Готово"),
    russian("Документ готов"),
    russian("Человек с инвалидностью"),
    english("This ballot is invalid: it has too many marks."),
    english("Mobile Citizens Database"),
]

BAD_TYPOGRAPHY = [
    kazakh('"Сақтау" дегенді басыңыз', "Press Save"),
    kazakh("“Сақтау” дегенді басыңыз", "Press Save"),
    kazakh("Бір  екі", "One two"),
    kazakh("Бір ", "One"),
    kazakh("Талон - терезеде", "Ticket"),
    kazakh("Талон – терезеде", "Ticket"),
    english("Ticket — at the counter"),
    kazakh("09:00-18:00", "09:00–18:00"),
    kazakh("{from}-{to} бет", "Pages {from}–{to}"),
    kazakh("Күте тұрыңыз...", "Wait…"),
    kazakh("5 ₸", "5\u00a0₸"),
    kazakh("5₸", "5\u00a0₸"),
    kazakh("Сақтау.", "Save.", "button"),
    kazakh("Құжат Сізде", "The document is with you"),
    russian("Мы Вас ждём.", "We are waiting for you."),
    kazakh("Сақталды", "Saved."),
    kazakh("Сақталды.", "Saved"),
    russian("Сохранено!", "Saved."),
    english("Saved. Take the paper"),
    english("Press «Save»"),
]
GOOD_TYPOGRAPHY = [
    kazakh("«Сақтау» дегенді басыңыз.", "Press “Save”."),
    kazakh("Талон — 3-терезеде", "Ticket: counter 3"),
    kazakh("Беттерді былай жазыңыз: 1-3, 5.", "Write the pages like this: 1-3, 5."),
    kazakh("09:00–18:00", "09:00–18:00"),
    kazakh("5\u00a0₸", "5\u00a0₸"),
    kazakh("₸", "₸"),
    kazakh("Сіз әлі осындасыз ба?", "Are you still here?"),
    kazakh("Күте тұрыңыз. Сіз бірінші тұрсыз.", "Wait. You are first."),
    russian("Вы записаны. Ваш талон: {n}.", "You are booked. Ticket: {n}."),
    english("The desk's folder"),
    kazakh("+7 (7xx) xxx-xx-xx", "+7 (7xx) xxx-xx-xx"),
    kazakh("Сақтау", "Save", "button"),
]

NOT_A_BUTTON = [
    kazakh("Сақтаңыз", "Save", "button"),
    kazakh("Құжатты көріңіз", "See", "button"),
    kazakh("Сақта", "Save", "button"),
    kazakh("Иә", "Yes", "button"),
    russian("Сохраните", "Save", "button"),
    russian("Сохраняйте", "Save", "button"),
    russian("Да", "Yes", "button"),
    russian("Сохранить документ на флешку", "Save to the USB stick", "button"),
    english("OK", "button"),
]
A_BUTTON = [
    kazakh("Басып шығару", "Print", "button"),
    kazakh("Жою", "Delete", "button"),
    kazakh("Артқа", "Back", "button"),
    kazakh("Иә, осындамын", "Yes, I am here", "button"),
    kazakh("Төледім", "Paid", "button"),
    kazakh("Келісемін", "I agree", "button"),
    kazakh("{n} парақты басу", "Print {n}", "button"),
    russian("Напечатать", "Print", "button"),
    russian("Войти", "Sign in", "button"),
    russian("Отказаться", "Decline", "button"),
    russian("Назад", "Back", "button"),
    kazakh("PDF", "PDF", "button"),
    kazakh("Сақтаңыз", "Save it"),
]

TOO_LONG = [
    kazakh("а" * 40, "b" * 24),
    russian("а" * 31, "b" * 15),
    kazakh("а" * 19, "Save"),
]
NOT_TOO_LONG = [kazakh("а" * 38, "b" * 24), kazakh("Болдырмау", "Cancel"), english("b" * 200)]

OTHER_TERM = [
    kazakh("Кезектегі нөмір: {n}", "Ticket: {n}"),
    russian("Билет: {n}", "Ticket: {n}"),
    kazakh("Құпия код", "Password"),
    kazakh("5 жапырақ", "5 sheets"),
]
RIGHT_TERM = [
    kazakh("Талон: {n}", "Ticket: {n}"),
    kazakh("Парағы: {n}", "Sheets: {n}"),
    russian("Листов: {n}", "Sheets: {n}"),
    kazakh("{sheets}", "{sheets}"),
    kazakh("ipp://printer.local", "ipp://printer.local"),
    kazakh("Принтер.", "The printer."),
    kazakh("Бет жоқ", "No page"),
    kazakh("Құпиясөзді теріңіз.", "Type the password."),
]

PERSONAL = [
    kazakh("ЖСН: 650101500016"),
    english("IIN 650101 500016"),
    russian("+7 701 123 45 67"),
    russian("8 (701) 123-45-67"),
]
NOT_PERSONAL = [kazakh("900101 300012"), russian("+7 (7xx) xxx-xx-xx"), english("1414"), english("20.11.2026")]

FINDS: list[tuple[str, list[Entry], list[Entry]]] = [
    ("complete", NOT_COMPLETE, COMPLETE),
    ("placeholders", OTHER_PLACEHOLDERS, SAME_PLACEHOLDERS),
    ("suffix_after_placeholder", WITH_SUFFIX, WITHOUT_SUFFIX),
    ("number_and_noun", PLURAL_AFTER_NUMBER, SINGULAR_AFTER_NUMBER),
    ("one_alphabet", MIXED_ALPHABETS, ONE_ALPHABET),
    ("kazakh_letters", LOST_LETTERS, KEPT_LETTERS),
    ("banned_words", BANNED, OUR_WORDS),
    ("typography", BAD_TYPOGRAPHY, GOOD_TYPOGRAPHY),
    ("button_form", NOT_A_BUTTON, A_BUTTON),
    ("length", TOO_LONG, NOT_TOO_LONG),
    ("one_term", OTHER_TERM, RIGHT_TERM),
    ("personal_data", PERSONAL, NOT_PERSONAL),
]


@pytest.mark.parametrize(
    ("check", "entry"), [(name, entry) for name, bad, _ in FINDS for entry in bad], ids=lambda value: str(value)[:60]
)
def test_it_finds(check: str, entry: Entry) -> None:
    assert faults(checks.FAULTS[check], entry) != []


@pytest.mark.parametrize(
    ("check", "entry"), [(name, entry) for name, _, good in FINDS for entry in good], ids=lambda value: str(value)[:60]
)
def test_it_leaves_alone(check: str, entry: Entry) -> None:
    assert faults(checks.FAULTS[check], entry) == []


def test_every_check_has_examples() -> None:
    assert [name for name, _, _ in FINDS] == list(checks.FAULTS)


def test_two_spellings_of_one_word_are_found() -> None:
    assert list(checks.one_spelling([kazakh("Тіркеу кестесі"), kazakh("тыркеу")])) != []
    assert list(checks.one_spelling([kazakh("кужатты ашу")])) != []


def test_words_the_lexicon_knows_in_both_spellings_are_left_alone() -> None:
    assert list(checks.one_spelling([kazakh("түс және тұс")])) == []
    assert list(checks.one_spelling([kazakh("Құжатты аш"), kazakh("құжатты жаб")])) == []


@pytest.mark.parametrize(
    ("check", "bad", "good"),
    [
        ("harmony", kazakh("орталығіна"), kazakh("орталығына, құпиясөз, компьютерде")),
        ("long_text", kazakh("а" * 36, "b" * 24), kazakh("а" * 30, "b" * 24)),
        ("readability", kazakh("бір " * 13), kazakh("бір " * 12)),
        ("readability", russian("раз " * 15), russian("раз " * 14)),
        ("readability", kazakh("Бір екі үш төрт", context="button"), kazakh("Бір екі үш", context="button")),
    ],
)
def test_advice(check: str, bad: Entry, good: Entry) -> None:
    assert list(checks.ADVICE[check](bad)) != []
    assert list(checks.ADVICE[check](good)) == []
