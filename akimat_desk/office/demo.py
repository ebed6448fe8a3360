"""The demo village's room, staff and residents. Every name is invented; every IIN belongs to nobody for decades."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from akimat_desk.people.demo import synthetic_iin
from akimat_desk.people.details import Details
from akimat_desk.people.entries import ZoneContent
from akimat_desk.people.residents import change, register, resident
from akimat_desk.people.staff import add_first_administrator, add_staff
from akimat_desk.people.zone import open_zone
from akimat_desk.store.recovery import RecoveryKey, keep_seal

if TYPE_CHECKING:
    from akimat_desk.people.entries import Role
    from akimat_desk.service import DemoVillage, Desk

PIN: Final = "274093"
"""Everybody's PIN in the demo; the README names it."""

ZONE: Final = ZoneContent(
    name_kk="Ақжар ауылдық округі",
    name_ru="Акжарский сельский округ",
    district_kk="Тасөткел ауданы",
    district_ru="Тасоткельский район",
    oblast_kk="Жетісай облысы",
    oblast_ru="Жетисайская область",
    address_kk="Ақжар ауылы, Бейбітшілік көшесі, 4",
    address_ru="село Акжар, улица Бейбитшилик, 4",
    wifi="Aqjar_Alany",
)

STAFF: Final[tuple[tuple[str, Role], ...]] = (
    ("Сәдуақасова Айгүл", "administrator"),
    ("Мұратов Ерлан", "staff"),
    ("Өтегенова Шолпан", "trainer"),
)

SURNAMES: Final = ("Тілеуов", "Қасымов", "Әбілов", "Ерғалиев", "Ізбасаров", "Үсенов", "Һәкімов", "Өтегенов", "Ғабитов")
MEN: Final = ("Мұратбек", "Нұрдәулет", "Ерболат", "Қайырғали", "Сәкен", "Дүйсен", "Жұмабек")
WOMEN: Final = ("Гүлсім", "Бағдат", "Шолпан", "Рахима", "Ләззат", "Айнұр", "Зәуре")
STREETS: Final = ("Абай көшесі", "Бейбітшілік көшесі", "Достық көшесі", "Мектеп көшесі")
RESIDENTS: Final = 48


def village(desk: Desk, village: DemoVillage) -> None:
    """See `Service.demo`."""
    rng = Random(2026)
    first, *others = STAFF
    administrator = add_first_administrator(desk.journal, name=first[0], pin=PIN)
    open_zone(desk.journal, ZONE, by=administrator)
    for name, role in others:
        add_staff(desk.journal, by=administrator, name=name, role=role, pin=PIN)
    people = [register(desk.journal, invented(rng, number), by=administrator.staff).id for number in range(RESIDENTS)]
    _change_on_two_pcs(desk, people[7], administrator.staff)
    # Nobody has the sheet of this key. With it the demo makes its nightly backups like any other desk.
    keep_seal(desk.home, RecoveryKey.make().seal)


def _change_on_two_pcs(desk: Desk, id: str, by: str) -> None:
    """Two changes of one person that did not know of each other: as they arrive from PCs that were apart."""
    seen = resident(desk.store, id)
    moved = replace(seen.details, street=f"{STREETS[0]}, 12")
    for details in (replace(moved, phone="21734"), replace(moved, phone="21743")):
        change(desk.journal, seen, details, by=by)


def invented(rng: Random, number: int) -> Details:
    """An invented resident."""
    woman = number % 2 == 1
    surname = SURNAMES[number % len(SURNAMES)] + ("а" if woman else "")
    father = rng.choice(MEN)
    return Details(
        surname=surname,
        given=rng.choice(WOMEN if woman else MEN),
        patronymic=father + ("қызы" if woman else "ұлы"),
        iin=synthetic_iin(rng),
        street=f"{rng.choice(STREETS)}, {rng.randrange(1, 90)}",
        phone=str(rng.randrange(20_100, 29_900)) if number % 3 else "",
    )
