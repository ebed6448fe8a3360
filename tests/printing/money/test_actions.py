"""Money at the desk: taken, given back, written off, given free; and how documents then stand."""

from __future__ import annotations

import threading

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from akimat_desk.journal.append import BadFacts
from akimat_desk.journal.builtin import PERSONAL_ERASED, PersonalErased
from akimat_desk.people.staff import NotAllowed, SignedIn
from printing.money import actions, records
from printing.money.actions import NoFreePages, month_of
from printing.money.entries import PAYMENT, Payment
from printing.money.ledger import Balance, NothingToPay, RefundTooLarge, TooLittleGiven
from printing.money.prices import FreeRule, PriceMissing, PriceTable, Rate

from .conftest import TABLE, Print  # type: ignore[import-not-found]

RESIDENT = "7" * 32


def standing(journal: Journal, charge: str) -> Balance:
    with journal.store.read() as db:
        return records.balance_of(db, charge)


def owing(journal: Journal) -> list[tuple[str, int]]:
    with journal.store.read() as db:
        return [(each.code, each.balance.owed) for each in records.owing(db)]


def test_what_was_printed_is_owed_until_it_is_paid(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    charge = printed(7, 140, code="4821")
    assert owing(journal) == [("4821", 140)]
    paid = actions.take_payment(journal, charge=charge, given=200, by=aigul)
    assert (paid.tenge, paid.given, paid.change) == (140, 200, 60)
    assert (owing(journal), standing(journal, charge)) == ([], Balance(charged=140, paid=140))


def test_too_little_money_changes_nothing(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    charge = printed(7, 140)
    with pytest.raises(TooLittleGiven):
        actions.take_payment(journal, charge=charge, given=100, by=aigul)
    assert standing(journal, charge).owed == 140


def test_two_people_who_take_money_for_one_document_at_once_take_it_once(
    journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print
) -> None:
    charge, told, start = printed(7, 140), list[str](), threading.Barrier(2)

    def take(by: SignedIn) -> None:
        start.wait()
        try:
            actions.take_payment(journal, charge=charge, given=200, by=by)
            told.append("taken")
        except NothingToPay:
            told.append("nothing to pay")

    hands = [threading.Thread(target=take, args=(by,)) for by in (aigul, marat)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert (sorted(told), standing(journal, charge).paid) == (["nothing to pay", "taken"], 140)


def test_a_document_may_be_paid_before_it_is_printed(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    early = "5" * 32
    assert actions.take_payment(journal, charge=early, given=100, by=aigul, expected=80).change == 20
    assert owing(journal) == [("", -80)]  # until it comes out, the room holds money for somebody
    with pytest.raises(NothingToPay):
        actions.take_payment(journal, charge=early, given=100, by=aigul, expected=80)


def test_bad_paper_is_paid_back_and_owed_by_nobody(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    charge = printed(7, 140)
    actions.take_payment(journal, charge=charge, given=140, by=aigul)
    actions.refund(journal, charge=charge, tenge=40, reason="bad-print", by=aigul)
    assert standing(journal, charge) == Balance(charged=100, paid=100)
    with pytest.raises(RefundTooLarge):
        actions.refund(journal, charge=charge, tenge=101, reason="bad-print", by=aigul)


def test_every_line_says_who_and_why(journal: Journal, aigul: SignedIn, marat: SignedIn, printed: Print) -> None:
    charge = printed(7, 140)
    actions.take_payment(journal, charge=charge, given=140, by=aigul)
    actions.refund(journal, charge=charge, tenge=140, reason="mistyped", by=marat)
    actions.write_off(journal, charge=charge, tenge=140, reason="left", by=marat)
    with journal.store.read() as db:
        lines = records.postings_of(db, charge)
    assert [(line.what, line.reason, line.by) for line in lines] == [
        ("charge", "", ""),
        ("payment", "", aigul.staff),
        ("refund", "mistyped", marat.staff),
        ("write_off", "left", marat.staff),
    ]
    assert standing(journal, charge).owed == 0


@pytest.mark.parametrize("tenge", [0, -1, 2**63 - 1])
def test_no_forged_payment_takes_money_out(journal: Journal, tenge: int) -> None:
    with pytest.raises(BadFacts):
        journal.append(PAYMENT, Payment(charge="1" * 32, ms=0, tenge=tenge, given=1, by="2" * 32))


def test_copies_and_scans_are_charged_by_their_own_prices(journal: Journal) -> None:
    table = TABLE.with_rates(TABLE.valid_from, [Rate("copy", "A4", "grey", False, 10)])
    charge = actions.charge(journal, table, work="copy", pages=3, sheets=3, code="copy-1").entry
    assert standing(journal, charge).owed == 30
    with pytest.raises(PriceMissing):
        actions.charge(journal, table, work="copy", pages=3, sheets=3, size="A3")
    assert owing(journal) == [("copy-1", 30)]


FREE = PriceTable(TABLE.valid_from, TABLE.rates, free_pages=5, rules=(FreeRule("veteran"),))


def test_everybody_has_so_many_free_pages_a_month(
    journal: Journal, aigul: SignedIn, printed: Print, clock: FixedClock
) -> None:
    def give(pages: int) -> int:
        charge = printed(pages, 20 * pages)
        grey = (pages, 20)
        given = actions.give_free(journal, FREE, charge=charge, rule="monthly", grey=grey, resident=RESIDENT, by=aigul)
        return given.allowance.pages

    assert (give(3), give(4)) == (3, 2)
    with pytest.raises(NoFreePages):
        give(1)
    clock.pass_seconds(31 * 86_400)
    assert give(6) == 5


def test_a_category_is_told_at_the_desk_and_nobody_is_named(journal: Journal, aigul: SignedIn, printed: Print) -> None:
    charge = printed(30, 600)
    actions.give_free(journal, FREE, charge=charge, rule="veteran", grey=(30, 20), by=aigul)
    assert standing(journal, charge) == Balance(charged=600, free=600)


def test_a_resident_who_is_erased_leaves_the_sums_as_they_were(
    journal: Journal, aigul: SignedIn, printed: Print
) -> None:
    charge = printed(3, 60)
    actions.give_free(journal, FREE, charge=charge, rule="monthly", grey=(3, 20), resident=RESIDENT, by=aigul)
    with journal.store.read() as db:
        entry = next(line.entry for line in records.postings_of(db, charge) if line.what == "free")
        before = records.postings_of(db, charge)
        assert records.free_pages_used(db, RESIDENT, "monthly", *month_of(journal.clock.now_ms())) == 3
    journal.append(PERSONAL_ERASED, PersonalErased(entries=(entry,)))
    journal.replay()
    with journal.store.read() as db:
        assert records.postings_of(db, charge) == before
        assert records.free_pages_used(db, RESIDENT, "monthly", *month_of(journal.clock.now_ms())) == 0


def test_only_an_administrator_opens_the_honest_till(journal: Journal, aigul: SignedIn, marat: SignedIn) -> None:
    with pytest.raises(NotAllowed):
        actions.open_till(journal, open=True, by=marat)
    for open in (True, False, True):
        actions.open_till(journal, open=open, by=aigul)
        with journal.store.read() as db:
            assert records.till_is_open(db) is open


def test_what_goes_into_the_box_is_owed_by_nobody(journal: Journal, printed: Print) -> None:
    printed(3, 60, honest=True)
    assert owing(journal) == []
