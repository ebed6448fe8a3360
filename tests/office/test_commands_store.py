"""`akimat-desk store`, the drill: make a key, save, bring back on another PC, check, take the data out."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.office import commands_store
from akimat_desk.service import Call
from akimat_desk.store import Store
from akimat_desk.store.errors import NoDesk, NoSuchFile
from akimat_desk.store.recovery import NoRecoveryKey, RecoveryKey, RecoveryKeyExists, keep_seal, kept_seal

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


class Village:
    """One PC, and what is typed at it."""

    def __init__(self, home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self.capsys, self.monkeypatch = home, capsys, monkeypatch

    def call(self, *arguments: object, typed: str = "", as_json: bool = True) -> tuple[int, Any, str]:
        """Exit code, what came out, what was said on standard error."""
        parser = argparse.ArgumentParser()
        commands_store.add(parser)
        parsed = parser.parse_args([str(argument) for argument in arguments])
        parsed.json = as_json
        assert parsed.needs_village is False
        self.monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = commands_store.run(Call(parsed, Translator((), "en"), self.home, None))
        out, err = self.capsys.readouterr()
        return code, json.loads(out) if as_json and out else out, err


@pytest.fixture
def village(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Village:
    Store.open(home, create=True).close()
    return Village(home, capsys, monkeypatch)


def test_the_drill(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecoveryKey, "make", lambda: KEY)
    assert village.call("new-key", typed=KEY.printed.lower() + "\n") == (
        0,
        {"sheet": KEY.seal.sheet},
        f"Recovery key, sheet {KEY.seal.sheet}:\n{KEY.printed}\n"
        "Write it on paper and keep it away from this PC. Then type it here:\n",
    )
    file = tmp_path / "desk.backup"
    code, saved, _ = village.call("backup", file)
    assert (code, saved["file"], saved["sheet"]) == (0, str(file), KEY.seal.sheet)

    village.home = Home(tmp_path / "other", tmp_path / "other-keys")
    code, restored, said = village.call("restore", file, typed=KEY.printed)
    assert (code, restored["kept_aside"], restored["counts"]) == (0, None, saved["counts"])
    assert said == f"Type the recovery key of sheet {KEY.seal.sheet}:\n"

    code, checked, _ = village.call("check")
    assert (code, checked["sound"], checked["cipher"]) == (0, True, [])

    code, exported, _ = village.call("export", tmp_path / "out")
    assert (code, exported["folder"]) == (0, str(tmp_path / "out"))
    assert (tmp_path / "out" / "store_meta.csv").exists()


def test_the_key_can_come_from_a_file_but_not_from_the_command_line(village: Village, tmp_path: Path) -> None:
    keep_seal(village.home, KEY.seal)
    village.call("backup", tmp_path / "desk.backup")
    (tmp_path / "key.txt").write_text(KEY.printed, encoding="utf-8-sig")
    code, restored, said = village.call("restore", tmp_path / "desk.backup", "--key-file", tmp_path / "key.txt")
    assert (code, said) == (0, "")
    assert Path(restored["kept_aside"], "desk.db").exists()
    with pytest.raises(NoSuchFile):
        village.call("restore", tmp_path / "desk.backup", "--key-file", tmp_path / "none.txt")


def test_a_key_that_was_not_typed_back_right_is_not_kept(village: Village) -> None:
    code, out, said = village.call("new-key", typed=KEY.printed)
    assert (code, out) == (1, "")
    assert said.endswith("This is another key. No recovery key was made.\n")
    assert kept_seal(village.home) is None


def test_a_second_key_needs_to_be_meant(village: Village) -> None:
    keep_seal(village.home, KEY.seal)
    with pytest.raises(RecoveryKeyExists):
        village.call("new-key")


def test_no_backup_without_a_key_a_desk_or_a_place(village: Village, tmp_path: Path) -> None:
    with pytest.raises(NoRecoveryKey):
        village.call("backup", tmp_path / "desk.backup")
    keep_seal(village.home, KEY.seal)
    with pytest.raises(NoSuchFile):
        village.call("backup", tmp_path / "no stick" / "desk.backup")
    with pytest.raises(NoSuchFile):
        village.call("restore", tmp_path / "none")
    village.home = Home(tmp_path / "other", tmp_path / "other-keys")
    with pytest.raises(NoDesk):
        village.call("check")


def test_a_damaged_database_can_still_be_looked_at(village: Village) -> None:
    raw = bytearray(village.home.database.read_bytes())
    raw[-100] ^= 1
    village.home.database.write_bytes(raw)
    code, checked, _ = village.call("check")
    assert (code, checked["sound"]) == (1, False)
    assert checked["cipher"] == [f"HMAC verification failed for page {len(raw) // 4096}"]
    code, said, _ = village.call("check", as_json=False)
    assert (code, said.splitlines()[0]) == (
        1,
        "The database on this PC is damaged. Nothing more is written to it.",
    )


def test_what_can_be_read_of_a_damaged_database_is_exported(village: Village, tmp_path: Path) -> None:
    raw = bytearray(village.home.database.read_bytes())
    raw[2 * 4096 + 100] ^= 1  # the desk does not open: its third page says which changes it has seen
    village.home.database.write_bytes(raw)
    code, done, _ = village.call("export", tmp_path / "out")
    assert (code, done) == (
        3,
        {
            "folder": str(tmp_path / "out"),
            "counts": {"store_meta": 2, "store_migration": 0},
            "torn": ["store_migration"],
        },
    )
    assert village.call("export", tmp_path / "again", as_json=False)[1].splitlines() == [
        f"What could be read is in {tmp_path / 'again'}.",
        "The database is damaged. Read only in part: store_migration.",
        "These files are not encrypted. Keep them safe, and delete them when they have served.",
    ]


def test_in_words(village: Village, tmp_path: Path) -> None:
    keep_seal(village.home, KEY.seal)
    file = tmp_path / "desk.backup"
    assert (
        village.call("backup", file, as_json=False)[1] == f"The backup is in {file}. Sheet {KEY.seal.sheet} opens it.\n"
    )
    assert village.call("check", as_json=False)[1] == "All is well: tables 2, rows 2.\n"
    assert village.call("export", tmp_path / "out", as_json=False)[1].splitlines() == [
        f"All data are in {tmp_path / 'out'}.",
        "These files are not encrypted. Keep them safe, and delete them when they have served.",
    ]
    lines = village.call("restore", file, typed=KEY.printed, as_json=False)[1].splitlines()
    assert lines[0].startswith("The desk is as it was in the backup of ")
    assert lines[1].startswith(f"What was here before is kept in {village.home.data / 'aside'}")
