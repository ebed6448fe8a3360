"""Settings: the room's names and hours, the Wi-Fi, and what this PC is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.office.screens.enter import the_settings
from akimat_desk.papers.letterhead import Letterhead
from akimat_desk.people.staff import NotAllowed, add_staff
from akimat_desk.people.zone import ThisPc, this_pc, zone
from akimat_desk.service import Desk

from .conftest import Seen

pytestmark = pytest.mark.screen


def entries(desk: Desk) -> int:
    with desk.store.read() as db:
        (number,) = db.execute_sql("SELECT count(*) FROM journal_entry").fetchone()
    return int(number)


def test_it_shows_what_is_so_now(office: Desk, seen: Seen) -> None:
    seen.show(the_settings(office))
    assert seen.field("name_kk").value == ZONE.name_kk
    assert seen.field("oblast_ru").value == ZONE.oblast_ru
    assert [seen.field(f"hours-{day}").value for day in range(7)] == ["09:00–18:00"] * 5 + ["", ""]


def test_what_is_typed_holds_for_the_room_and_for_this_pc(office: Desk, seen: Seen) -> None:
    seen.show(the_settings(office))
    seen.type("address_kk", "  Ақжар ауылы,  Абай көшесі, 1 ")
    seen.type("wifi", "Alan_5G")
    seen.type("hours-5", "10-14")
    seen.type("hours-0", "")
    seen.press("role-kiosk")
    for _ in range(3):
        seen.press("seat-more")
    seen.press("save")
    content = zone(office.store).content
    assert (content.address_kk, content.wifi) == ("Ақжар ауылы, Абай көшесі, 1", "Alan_5G")
    assert content.hours == (None, *[(540, 1080)] * 4, (600, 840), None)
    assert this_pc(office.store) == ThisPc(zone(office.store).id, "kiosk", 3)
    assert seen.field("hours-5").value == "10:00–14:00"


def test_saving_twice_builds_on_what_was_saved(office: Desk, seen: Seen) -> None:
    seen.show(the_settings(office))
    for wifi in ("First", "Second"):
        seen.type("wifi", wifi)
        seen.press("save")
    assert zone(office.store).content.wifi == "Second"
    assert len(zone(office.store).seen) == 1


def test_what_did_not_change_writes_no_entry(office: Desk, seen: Seen) -> None:
    before = entries(office)
    seen.show(the_settings(office))
    seen.press("save")
    assert entries(office) == before


def test_every_wrong_line_is_told_at_once_and_nothing_is_lost(office: Desk, seen: Seen) -> None:
    seen.show(the_settings(office))
    seen.type("name_ru", "")
    seen.type("district_kk", "write@us")
    seen.type("hours-0", "nine to five")
    seen.type("hours-1", "18-9")
    seen.press("save")
    assert [name for name in ("name_kk", "name_ru", "district_kk", "hours-0", "hours-1") if seen.field(name).error] == [
        "name_ru",
        "district_kk",
        "hours-0",
        "hours-1",
    ]
    assert seen.page.focused() == "name_ru"
    assert seen.field("hours-0").value == "nine to five"
    assert zone(office.store).content == ZONE
    assert seen.wrong() == {}


HEAD_KK = ("Жетісай облысы", "Ақжар ауылдық округі әкімінің аппараты", "Абай көшесі, 1, тел. 2-17-34")
HEAD_RU = ("Аппарат акима Акжарского сельского округа",)


def test_the_head_of_the_papers_is_what_stands_on_them(office: Desk, seen: Seen) -> None:
    seen.show(the_settings(office))
    for language, lines in (("kk", HEAD_KK), ("ru", HEAD_RU)):
        for number, line in enumerate(lines):
            seen.type(f"head-{language}-{number}", f" {line} ")
    seen.press("save")
    head = Letterhead.of_zone(zone(office.store).content)
    assert (head.kk, head.ru) == (HEAD_KK, HEAD_RU)
    seen.type("head-kk-1", "")
    seen.press("save")
    assert Letterhead.of_zone(zone(office.store).content).kk == (HEAD_KK[0], HEAD_KK[2])
    assert [seen.field(f"head-kk-{number}").value for number in range(4)] == [HEAD_KK[0], HEAD_KK[2], "", ""]
    for number in range(2):
        seen.type(f"head-kk-{number}", "")
    seen.type("head-ru-0", "")
    seen.press("save")
    assert Letterhead.of_zone(zone(office.store).content) == Letterhead.of_zone(ZONE)


def test_a_line_that_could_be_a_persons_number_is_refused_where_it_stands(office: Desk, seen: Seen) -> None:
    seen.show(the_settings(office), "en")
    seen.type("head-kk-2", "ЖСН 900101300012")
    seen.press("save")
    assert seen.page.focused() == "head-kk-2"
    assert seen.field("head-kk-2").error == "A line of the head has letters and short numbers only, up to 120 signs."
    assert zone(office.store).content == ZONE
    assert seen.wrong() == {}


def test_only_an_administrator_changes_this_pc(office: Desk) -> None:
    from akimat_desk.office import uses

    person = office.signed_in()
    assert person is not None
    member = add_staff(office.journal, by=person, name="Мұратов Ерлан", role="staff", pin=PIN)
    other = replace(office, signed_in=lambda: replace(person, staff=member.id))
    with pytest.raises(NotAllowed):
        uses.save_settings(other, zone(office.store), ZONE, ThisPc(role="kiosk"))
    with pytest.raises(NotAllowed):
        uses.save_settings(replace(office, signed_in=lambda: None), zone(office.store), ZONE, ThisPc())
    assert this_pc(office.store).role == "desk"
