"""`akimat-desk`: its help in three languages, its exit codes, and where it looks for the desk."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import HOME_VARIABLE, Home
from akimat_desk.base.words import LANGUAGES, Language
from akimat_desk.service import Call, find_services, load
from akimat_desk.shell import command_line
from akimat_desk.shell.command_line import LANGUAGE_VARIABLE, STOPPED, main
from akimat_desk.shell.service import COMMANDS

from .conftest import found_village, words_of

NAMES = [command.name for command in COMMANDS] + [
    command.name for service in find_services() for command in service.commands
]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")


def _help(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def _actions(name: str) -> Iterator[tuple[argparse.ArgumentParser, argparse.Action]]:
    """Everything that can be given to a command and its subcommands."""
    commands = (*COMMANDS, *(command for service in find_services() for command in service.commands))
    parser = argparse.ArgumentParser(prog=name, add_help=False)
    (command,) = [command for command in commands if command.name == name]
    load(command.add)(parser)
    todo = [parser]
    while todo:
        parser = todo.pop()
        for action in parser._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            yield parser, action
            if isinstance(action, argparse._SubParsersAction):
                todo += action.choices.values()


def _json_wanted(*given: str) -> bool:
    parser = command_line._parser(
        [command for service in find_services() for command in service.commands], words_of(find_services(), "en"), given
    )
    return bool(parser.parse_args(given).json)


def test_json_may_stand_before_or_after_what_is_done_in_a_group() -> None:
    assert _json_wanted("print", "printers", "--json")
    assert _json_wanted("print", "printers", "list", "--json")
    assert _json_wanted("print", "printers", "--json", "list")
    assert not _json_wanted("print", "printers", "list")
    assert not _json_wanted("print", "queue")


class TestHelp:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_command_is_told_in_every_language(
        self, language: Language, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(LANGUAGE_VARIABLE, language)
        monkeypatch.setenv("COLUMNS", "400")
        t = words_of(find_services(), language)
        shown = _help(capsys=capsys)
        commands = (*COMMANDS, *(command for service in find_services() for command in service.commands))
        assert [command.name for command in commands if t(command.help) not in shown] == []

    @pytest.mark.parametrize("name", NAMES)
    def test_the_help_of_a_command_begins_with_how_it_is_called(
        self, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for language, usage in (("kk", "пайдалану"), ("ru", "использование"), ("en", "usage")):
            monkeypatch.setenv(LANGUAGE_VARIABLE, language)
            assert _help(name, capsys=capsys).startswith(f"{usage}: akimat-desk {name} ")

    @pytest.mark.parametrize("name", NAMES)
    def test_every_option_and_subcommand_says_what_it_is_in_every_language(self, name: str) -> None:
        """What stands for a file or a folder and nothing else explains itself."""
        silent = []
        for parser, action in _actions(name):
            told = action.help
            if action.option_strings and action.help is None:
                silent.append(f"{parser.prog} {action.option_strings[0]}")
            for language in ("kk", "ru"):
                t = words_of(find_services(), language)
                listed = getattr(action, "_choices_actions", [])
                said = [text for text in (told, *(one.help for one in listed)) if text]
                silent += [f"{parser.prog}: {text}" for text in said if t(text) == text]
            silent += [f"{parser.prog} {one.dest}" for one in getattr(action, "_choices_actions", []) if not one.help]
        assert silent == []

    def test_what_stands_for_something_is_in_the_language_too(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "400")
        shown = []
        for language in LANGUAGES:
            monkeypatch.setenv(LANGUAGE_VARIABLE, language)
            shown.append(_help("store", "restore", capsys=capsys).splitlines()[0])
        assert shown == [
            "пайдалану: akimat-desk store restore [-h] [--key-file ФАЙЛ] [--json] [--home ҚАЛТА] ФАЙЛ",
            "использование: akimat-desk store restore [-h] [--key-file ФАЙЛ] [--json] [--home ПАПКА] ФАЙЛ",
            "usage: akimat-desk store restore [-h] [--key-file FILE] [--json] [--home DIR] FILE",
        ]

    def test_nothing_stands_for_something_in_english_alone(self) -> None:
        given = {str(action.metavar) for name in NAMES for _, action in _actions(name) if action.metavar}
        used = {one for one in given if one.isupper() and one.replace("-", "").isalpha()}
        assert used - command_line.PLACEHOLDERS == set()
        for language in ("kk", "ru"):
            t = words_of(find_services(), language)
            assert [one for one in used if t(one) == one] == []

    @pytest.mark.parametrize(
        ("given", "english", "kazakh"),
        [
            (["store", "restore"], "Something is missing: FILE", "Мынау жетіспейді: ФАЙЛ"),
            (["store"], "Something is missing: COMMAND", "Мынау жетіспейді: КОМАНДА"),
            (["store", "check", "--deep"], "There is nothing of this name: --deep", "Мұндай атау жоқ: --deep"),
            (["store", "check", "--home"], "A value is missing after: --home", "Мынадан кейін мән жазылмаған: --home"),
            (
                ["print", "send", "a.pdf", "--printer", "x", "--copies", "two"],
                "--copies is a whole number, and this is not: two",
                "--copies үшін бүтін сан керек, мынау сан емес: two",
            ),
            (
                ["print", "till", "--days", "-1"],
                "--days is a number, 0 or more, and this is not: -1",
                "--days үшін 0 не одан үлкен сан керек, мынау олай емес: -1",
            ),
            (
                ["print", "report", "--month", "2026-11", "--year", "2026"],
                "--year and --month exclude each other.",
                "--year, --month: бірге жазылмайды.",
            ),
            (
                ["receptions", "queue", "--day", "vchera"],
                "--day vchera: This is not a date. Write the day, month and year like this: 20.11.2026.",
                "--day vchera: Күні түсініксіз жазылған. Күнін, айын, жылын былай жазыңыз: 20.11.2026.",
            ),
            (
                ["receptions", "book", "--time", "25:00"],
                "--time 25:00: This is not a time. Write the hour and the minutes like this: 10:45.",
                "--time 25:00: Бұл уақыт емес. Сағат пен минутты былай жазыңыз: 10:45.",
            ),
            (
                ["print", "send", "a.pdf", "--printer", "x", "--colour", "red"],
                "--colour cannot be this: red. Possible: auto, grey, colour.",
                "--colour үшін мұндай мән болмайды: red. Болатыны: auto, grey, colour.",
            ),
        ],
    )
    def test_a_wrong_call_is_told_in_the_language(
        self,
        given: list[str],
        english: str,
        kazakh: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for language, said in (("en", english), ("kk", kazakh)):
            monkeypatch.setenv(LANGUAGE_VARIABLE, language)
            with pytest.raises(SystemExit) as ended:
                main(given)
            assert ended.value.code == 2
            assert capsys.readouterr().err.splitlines()[-1] == said

    def test_subcommands_are_told_in_the_language_too(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(LANGUAGE_VARIABLE, "ru")
        monkeypatch.setenv("COLUMNS", "400")
        assert words_of(find_services(), "ru")("Look at every page of the database.") in _help("store", capsys=capsys)

    def test_no_command_shows_the_help_and_is_a_wrong_call(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([]) == 2
        assert capsys.readouterr().out.startswith("usage: akimat-desk ")

    def test_an_unknown_command_is_a_wrong_call(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["bake"])
        assert ended.value.code == 2
        told = capsys.readouterr().err.splitlines()
        assert told[0].startswith("usage: ")
        assert told[-1].startswith("COMMAND cannot be this: bake. Possible: open, demo, ")

    def test_only_the_called_command_is_loaded(self) -> None:
        program = (
            "import sys; from akimat_desk.shell.command_line import main\n"
            "try: main(['people', '--help'])\nexcept SystemExit: pass\n"
            "print(sorted(n for n in sys.modules if n.startswith(('printing.c', 'akimat_desk.office.c'))))"
        )
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert ended.stdout.splitlines()[-1] == "['akimat_desk.office.commands_people']"


@pytest.fixture
def there(tmp_path: Path, clock: FixedClock) -> Path:
    """The data folder of a desk."""
    return found_village(Home.find(tmp_path / "there"), clock).data


class TestWhereTheDeskIs:
    @pytest.mark.parametrize("order", ["before", "after", "variable"])
    def test_before_or_after_the_command_or_by_the_environment(
        self, there: Path, order: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = {
            "before": ["--home", str(there), "store", "check"],
            "after": ["store", "check", "--home", str(there)],
            "variable": ["store", "check"],
        }[order]
        if order == "variable":
            monkeypatch.setenv(HOME_VARIABLE, str(there))
        assert main([*given, "--json"]) == 0
        json.loads(capsys.readouterr().out)

    def test_what_is_given_goes_before_the_environment(
        self, there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "none"))
        assert main(["store", "check", "--home", str(there)]) == 0
        assert main(["store", "check"]) == 1
        assert "There is no desk in the folder" in capsys.readouterr().err


class TestWhatGoesWrong:
    def test_a_refusal_is_one_sentence_on_standard_error(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["journal", "verify", "--home", str(tmp_path / "none")]) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err == (
            f"There is no desk in the folder {(tmp_path / 'none').resolve()}. "
            "Set up a desk there, or restore a backup.\n"
        )

    def test_a_refusal_as_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["journal", "verify", "--home", str(tmp_path / "none"), "--json"]) == 1
        told = capsys.readouterr()
        assert told.err == ""
        assert json.loads(told.out) == {
            "error": {
                "code": "no-desk",
                "message": f"There is no desk in the folder {(tmp_path / 'none').resolve()}.",
                "todo": "Set up a desk there, or restore a backup.",
            }
        }

    def test_without_a_screen(self, there: Path, capsys: pytest.CaptureFixture[str]) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        call = [sys.executable, "-m", "akimat_desk.shell.command_line", "--home", str(there), "open"]
        ended = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
        said = "There is no screen here to show a window on. Start it from the desktop of the PC.\n"
        assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", said)

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "file").write_text("not a folder")
        assert main(["open", "--home", str(tmp_path / "file" / "desk")]) == 1
        assert "Traceback" not in capsys.readouterr().err

    @pytest.fixture
    def _failing(self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
        def fail(_: Call) -> int:
            raise request.param

        monkeypatch.setattr("akimat_desk.shell.doctor.run", fail)

    @pytest.mark.parametrize("_failing", [ValueError("900101300012")], indirect=True)
    @pytest.mark.usefixtures("_failing")
    def test_a_bug_is_a_code_and_never_what_somebody_typed(
        self, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        assert main(["doctor", "--json"]) == 1
        error = json.loads(capsys.readouterr().out)["error"]
        (record,) = caplog.records
        assert error["code"] in record.getMessage()
        assert "900101" not in record.getMessage() + json.dumps(error)
        caplog.clear()

    @pytest.mark.parametrize("_failing", [KeyboardInterrupt()], indirect=True)
    @pytest.mark.usefixtures("_failing")
    def test_ctrl_c_ends_quietly(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor"]) == STOPPED
        assert capsys.readouterr() == ("", "")

    def test_a_reader_who_went_away_is_no_error(self, tmp_path: Path) -> None:
        call = [sys.executable, "-m", "akimat_desk.shell.command_line", "--home", str(tmp_path / "none"), "doctor"]
        process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.close()
        _, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (1, b"")


def test_other_programs_read_utf_8_whatever_the_code_page(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1251", LANGUAGE_VARIABLE: "kk"}
    call = [sys.executable, "-m", "akimat_desk.shell.command_line", "--home", str(tmp_path / "none"), "doctor"]
    ended = subprocess.run(call, capture_output=True, env=environment, check=False)
    assert words_of(find_services(), "kk")("Database") in ended.stdout.decode("utf-8")


def test_the_language_is_the_systems_unless_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LANGUAGE_VARIABLE)
    monkeypatch.delenv("LC_ALL", raising=False)
    for system, language in (("kk_KZ.UTF-8", "kk"), ("ru_RU.UTF-8", "ru"), ("de_DE.UTF-8", "en"), ("C", "en")):
        monkeypatch.setenv("LANG", system)
        assert command_line._language() == language
    monkeypatch.setenv(LANGUAGE_VARIABLE, "kk")
    assert command_line._language() == "kk"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes such images only where an administrator asks")
def test_a_crash_leaves_no_image_of_the_memory() -> None:
    program = (
        "import resource as r; r.setrlimit(r.RLIMIT_CORE, (r.getrlimit(r.RLIMIT_CORE)[1],) * 2);"
        "from akimat_desk.shell.command_line import main; main(['people', 'check-iin', '1']);"
        "print(r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
