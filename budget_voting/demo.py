"""The demo village's last vote on its budget: invented projects, invented ballots, three of which are not valid."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from akimat_desk.service import DemoVillage, Desk

NAME: Final = "aqzhar-2025.pb"
BUDGET: Final = 9_500_000
AQZHAR, KOKTAL, QARASU = "Ақжар", "Көктал", "Қарасу"
PROJECTS: Final = (
    ("1", 3_200_000, "Мектеп ауласындағы спорт алаңы", AQZHAR, 10),
    ("2", 2_750_000, "Абай көшесін жарықтандыру", AQZHAR, 9),
    ("3", 1_900_000, "Балалар ойын алаңы", AQZHAR, 8),
    ("4", 1_450_000, "Көктал ауылының су құбырын жөндеу", KOKTAL, 7),
    ("5", 980_000, "Аялдама мен орындықтар", KOKTAL, 4),
    ("6", 2_100_000, "Қарасу көпірінің қоршауы", QARASU, 5),
    ("7", 640_000, "Кітапханаға жаңа кітаптар", AQZHAR, 3),
    ("8", 1_200_000, "Мәдениет үйінің шатырын жөндеу", AQZHAR, 4),
    ("9", 350_000, "Көшеттер отырғызу", QARASU, 3),
    ("10", 870_000, "Қоқыс жинайтын алаңдар", AQZHAR, 2),
    ("11", 4_900_000, "Жасанды мұз айдыны", AQZHAR, 3),
    ("12", 520_000, "Вай-фай нүктесі", QARASU, 0),
)
"""Number, cost in tenge, name, place, and how well known: a weight of the draw."""
VOTERS: Final = ((AQZHAR, 260), (KOKTAL, 110), (QARASU, 70))
MOST_NAMED: Final = 4


def village(desk: Desk, village: DemoVillage) -> None:
    """See `Service.demo`."""
    from budget_voting.room import FOLDER

    folder = desk.home.data / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(last_vote(), encoding="utf-8", newline="")


def last_vote() -> str:
    """The file of the vote; the same each time."""
    from budget_voting.count.pabulib import PabulibFile, Rows, write_pabulib

    draw = Random(2025)
    ballots = [_ballot(draw, number, home) for number, home in enumerate(_homes(draw))]
    ballots[40][1] = f"{ballots[40][1]},99"  # a project that is not on the ballot
    ballots[150][1] = "1,1"
    ballots[300][0] = ballots[299][0]  # a voter who came twice
    meta = {
        "description": "Ақжар ауылдық округі, халық қатысуымен бюджет, 2025",
        "country": "Kazakhstan",
        "unit": AQZHAR,
        "instance": "2025",
        "num_projects": str(len(PROJECTS)),
        "num_votes": str(len(ballots)),
        "budget": str(BUDGET),
        "vote_type": "approval",
        "rule": "greedy",
        "date_begin": "13.10.2025",
        "date_end": "24.10.2025",
        "min_length": "1",
        "max_length": str(MOST_NAMED),
        "language": "kk",
        "currency": "KZT",
    }
    rows = tuple((id_, str(cost), name, place) for id_, cost, name, place, _ in PROJECTS)
    columns = ("voter_id", "vote", "age", "sex", "voting_method", "neighborhood")
    return write_pabulib(
        PabulibFile(
            tuple(meta.items()),
            ("project_id", "cost", "name", "neighborhood"),
            rows,
            columns,
            Rows(len(columns), None, ballots),
        )
    )


def _homes(draw: Random) -> list[str]:
    homes = [place for place, many in VOTERS for _ in range(many)]
    draw.shuffle(homes)
    return homes


def _ballot(draw: Random, number: int, home: str) -> list[str]:
    """Voter, projects, age, sex, way of voting, home; everybody likes best what is near."""
    liked = {id_: fame * (3 if place == home else 1) for id_, _, _, place, fame in PROJECTS if fame}
    named: list[str] = []
    for _ in range(draw.randint(1, MOST_NAMED)):
        rest = [id_ for id_ in liked if id_ not in named]
        named += draw.choices(rest, [liked[id_] for id_ in rest])
    way = draw.choices(("internet", "paper"), (3, 2))[0]
    return [str(number + 1), ",".join(named), str(draw.randint(18, 79)), draw.choice("FM"), way, home]
