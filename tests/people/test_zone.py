"""The room: its names, hours, and what a PC is in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.journal import Journal
from akimat_desk.people.entries import ZoneContent
from akimat_desk.people.staff import NotAllowed, SignedIn, add_first_administrator, add_staff
from akimat_desk.people.zone import (
    HoursForm,
    ThisPc,
    ZoneForm,
    ZoneUnknown,
    change_zone,
    open_zone,
    set_this_pc,
    this_pc,
    zone,
)
from akimat_desk.store import Store

AKZHAR = ZoneContent(
    name_kk="Ақжар ауылдық округі",
    name_ru="Акжарский сельский округ",
    district_kk="Бұлақты ауданы",
    district_ru="Булактинский район",
    oblast_kk="Алматы облысы",
    oblast_ru="Алматинская область",
    letterhead_kk=("Алматы облысы", "Бұлақты ауданы", "Ақжар ауылдық округі", "әкімінің аппараты"),
    letterhead_ru=("Алматинская область", "Булактинский район", "Аппарат акима", "Акжарского сельского округа"),
    wifi="Akzhar-Wi-Fi",
)


@pytest.fixture
def aigul(journal: Journal) -> SignedIn:
    return add_first_administrator(journal, name="Айгүл", pin="582741")


def test_before_the_first_run_there_is_no_room(store: Store) -> None:
    with pytest.raises(ZoneUnknown):
        zone(store)
    assert this_pc(store) == ThisPc("", "desk", 0)


def test_the_room_opens_and_this_pc_is_in_it(journal: Journal, store: Store) -> None:
    opened = open_zone(journal, AKZHAR)
    assert zone(store) == opened
    assert this_pc(store).zone == opened.id
    assert (opened.name("kk"), opened.name("ru"), opened.name("en")) == (
        "Ақжар ауылдық округі",
        "Акжарский сельский округ",
        "Ақжар ауылдық округі",
    )


def test_an_administrator_changes_it(journal: Journal, store: Store, aigul: SignedIn) -> None:
    open_zone(journal, AKZHAR)
    other = ZoneContent(name_kk="Көктал", name_ru="Коктал")
    change_zone(journal, zone(store), other, by=aigul)
    assert zone(store).content == other
    dauren = add_staff(journal, by=aigul, name="Дәурен", role="staff", pin="190427")
    with pytest.raises(NotAllowed):
        change_zone(journal, zone(store), AKZHAR, by=SignedIn(dauren.id, dauren.name, dauren.role))


@pytest.mark.parametrize(
    "content",
    [
        ZoneContent(name_kk="", name_ru="Акжар"),
        ZoneContent(name_kk="Ақжар", name_ru=" "),
        ZoneContent(name_kk="Ақжар 650101500016", name_ru="Акжар"),
        ZoneContent(name_kk="Ақжар\nауылы", name_ru="Акжар"),
        ZoneContent(name_kk="Ақжар", name_ru="Акжар", wifi="A" * 121),
        ZoneContent(name_kk="Ақжар", name_ru="Акжар", letterhead_kk=("а",) * 7),
    ],
)
def test_names_are_names(journal: Journal, store: Store, content: ZoneContent) -> None:
    with pytest.raises(ZoneForm):
        open_zone(journal, content)
    with pytest.raises(ZoneUnknown):
        zone(store)


def test_hours(journal: Journal) -> None:
    content = ZoneContent(name_kk="Ақжар", name_ru="Акжар", hours=((540, 1080),) * 5 + ((600, 840), None))
    room = open_zone(journal, content)
    opening = {
        "friday 8:59": room.is_open(datetime(2026, 11, 20, 8, 59, tzinfo=KAZAKHSTAN)),
        "friday 9:00": room.is_open(datetime(2026, 11, 20, 9, 0, tzinfo=KAZAKHSTAN)),
        "friday 17:59": room.is_open(datetime(2026, 11, 20, 17, 59, tzinfo=KAZAKHSTAN)),
        "friday 18:00": room.is_open(datetime(2026, 11, 20, 18, 0, tzinfo=KAZAKHSTAN)),
        "saturday 13:00": room.is_open(datetime(2026, 11, 21, 13, 0, tzinfo=KAZAKHSTAN)),
        "sunday 13:00": room.is_open(datetime(2026, 11, 22, 13, 0, tzinfo=KAZAKHSTAN)),
    }
    assert [when for when, is_open in opening.items() if is_open] == ["friday 9:00", "friday 17:59", "saturday 13:00"]


def test_a_room_closes_after_it_opens(journal: Journal) -> None:
    with pytest.raises(HoursForm):
        open_zone(journal, ZoneContent(name_kk="Ақжар", name_ru="Акжар", hours=((1080, 540),) + (None,) * 6))


def test_what_a_pc_is_stays_on_it(
    journal: Journal, open_pc: Callable[[str], Journal], exchange: Callable[..., None]
) -> None:
    room, second = open_zone(journal, AKZHAR), open_pc("second")
    exchange(journal, second)
    with second.store.write() as db:
        set_this_pc(db, ThisPc(room.id, "kiosk", 3))
    exchange(journal, second)
    assert zone(second.store) == room
    assert this_pc(second.store) == ThisPc(room.id, "kiosk", 3)
    assert this_pc(journal.store).role == "desk"
