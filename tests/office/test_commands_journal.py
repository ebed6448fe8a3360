"""`akimat-desk journal`: what it says of a whole journal and of one that somebody was at."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.journal.proof import Proof, write_proof
from akimat_desk.journal.verify import What
from akimat_desk.office import commands_journal
from akimat_desk.service import Call, Desk
from akimat_desk.store import Store
from tests.journal.village import COUNTED, PRINTED, REGISTRY, Author, Counted, Named, Printed

WORDS = Translator((), "en")


@pytest.fixture
def journal(home: Home, clock: FixedClock) -> Any:
    store = Store.open(home, migrations=MIGRATIONS, create=True)
    journal = Journal.open(store, REGISTRY, clock)
    journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=3))
    journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    yield journal
    store.close()


def call(
    journal: Journal, capsys: pytest.CaptureFixture[str], *arguments: str, as_json: bool = True
) -> tuple[int, Any]:
    parser = argparse.ArgumentParser()
    commands_journal.add(parser)
    parsed = parser.parse_args(arguments)
    parsed.json = as_json
    desk = None
    if getattr(parsed, "needs_village", True):
        desk = Desk(journal.store.home, journal.clock, journal.store, journal, WORDS, ())
    code = commands_journal.run(Call(parsed, WORDS, journal.store.home, desk))
    out = capsys.readouterr().out
    return code, json.loads(out) if as_json else out.splitlines()


def spoil(journal: Journal) -> None:
    with journal.store.write() as db:
        db.execute_sql("UPDATE journal_entry SET bytes = CAST(bytes || x'00' AS BLOB) WHERE seq = 2")


def test_a_whole_journal(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(journal, capsys, "verify") == (
        0,
        {
            "whole": True,
            "entries": 3,
            "chains": [{"device": journal.device, "epoch": 1, "seq": 3}],
            "findings": [],
            "forks": [],
            "waiting": [],
        },
    )
    assert call(journal, capsys, "verify", as_json=False) == (0, ["The journal is whole: devices 1, entries 3."])


def test_a_journal_that_somebody_was_at(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(journal)
    code, value = call(journal, capsys, "verify")
    assert (code, value["whole"]) == (1, False)
    assert value["findings"] == [{"device": journal.device, "epoch": 1, "seq": 2, "what": "changed"}]
    code, lines = call(journal, capsys, "verify", as_json=False)
    assert lines == [f"Entry {journal.device[:8]}/1/2 was changed after it was written."]


def test_every_finding_has_its_sentence() -> None:
    assert set(commands_journal.SENTENCES) == set(What.__args__)  # type: ignore[attr-defined]


def test_the_last_entries_are_shown_without_personal_parts(
    journal: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    code, entries = call(journal, capsys, "show", "--last", "2")
    assert code == 0
    assert [(entry["seq"], entry["kind"], entry["facts"], entry["has_personal_part"]) for entry in entries] == [
        (2, "village.counted", {"day": "2026-11-20", "visits": 3}, False),
        (3, "village.printed", {"pages": 1, "tenge": 20}, True),
    ]
    _, lines = call(journal, capsys, "show", as_json=False)
    assert lines[-1] == f"2026-11-20T10:00:00+05:00  {journal.device[:8]}/1/3  village.printed  pages=1 tenge=20"
    assert "Айгүл" not in "".join(lines)


def test_a_replay_names_the_tables_that_were_wrong(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    with journal.store.write() as db:
        db.execute_sql("UPDATE village_day SET visits = 99")
    assert call(journal, capsys, "replay") == (0, {"entries": 3, "changed": ["village_day"]})
    assert call(journal, capsys, "replay", as_json=False) == (
        0,
        ["All tables were made anew from the journal. Entries: 3."],
    )


def test_an_entry_is_proved_to_anyone(journal: Journal, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    place = f"{journal.device[:8]}/1/2"
    code, value = call(journal, capsys, "prove", place, "--file", str(file))
    assert (code, value["kind"], value["facts"]) == (0, "village.counted", {"day": "2026-11-20", "visits": 3})
    code, printed = call(journal, capsys, "prove", value["id"])
    assert printed == json.loads(file.read_text())
    code, found = call(journal, capsys, "check-proof", str(file))
    assert (code, found["holds"], found["key_is_the_devices"], found["personal"]) == (0, True, True, None)
    assert {name: found[name] for name in value if name != "file"} == {n: v for n, v in value.items() if n != "file"}
    code, lines = call(journal, capsys, "check-proof", str(file), as_json=False)
    assert lines == [
        "The proof holds: the PC named here wrote exactly this entry.",
        f"2026-11-20T10:00:00+05:00  {place}  village.counted  day=2026-11-20 visits=3",
        f"Whether it is the village's PC, the list of its PCs tells: {journal.device}.",
    ]


def test_a_name_is_shown_only_where_it_was_asked_for(
    journal: Journal, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    place = f"{journal.device[:8]}/1/3"
    _, lines = call(journal, capsys, "prove", place, "--personal", "--file", str(file), as_json=False)
    assert lines == [
        f"The proof is in {file}. Anyone can check it.",
        "It holds the personal part. Give it only to whom it concerns.",
    ]
    _, lines = call(journal, capsys, "check-proof", str(file), as_json=False)
    assert lines[2] == "name=Айгүл"
    _, printed = call(journal, capsys, "prove", place)
    assert "personal" not in printed


def test_a_proof_that_somebody_was_at(journal: Journal, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    call(journal, capsys, "prove", f"{journal.device[:8]}/1/2", "--file", str(file))
    proof = json.loads(file.read_text())
    file.write_text(
        json.dumps({**proof, "entry": proof["entry"].replace("766973697473" + "03", "766973697473" + "04")})
    )
    code, value = call(journal, capsys, "check-proof", str(file))
    assert (code, value["holds"], value["facts"]) == (1, False, {"day": "2026-11-20", "visits": 4})
    assert call(journal, capsys, "check-proof", str(file), as_json=False) == (
        1,
        ["The proof does not hold. The entry, or what proves it, was changed."],
    )


def test_a_stranger_does_not_steer_the_terminal(
    journal: Journal, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stranger = Author()
    stranger.write(COUNTED, Named(name="\x1b[2Jx"))
    _, data, _, _ = stranger.entries[1]
    proof = Proof(data, stranger.entries[0][2], [], stranger.key.public, stranger.batch().signature)
    file = tmp_path / "proof.json"
    file.write_bytes(write_proof(proof))
    code, lines = call(journal, capsys, "check-proof", str(file), as_json=False)
    assert code == 0
    assert lines[1].endswith(r"name=\x1b[2Jx")
