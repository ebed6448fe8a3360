"""`akimat-desk`: every service's commands under one name.

Exit codes: 0 done, 1 refused or not possible (one sentence on standard error, or {"error": …} with --json), 2 called
wrongly, 3 done but some of what was given is refused.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import HOME_VARIABLE, Home
from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.service import Call, Command, Service, find_services, load
from akimat_desk.shell.opening import catalogues, open_desk

LANGUAGE_VARIABLE = "AKIMAT_DESK_LANGUAGE"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code."""
    services = find_services()
    words = Translator(catalogues(services), _language())
    commands = tuple(_commands(services))
    given = sys.argv[1:] if arguments is None else arguments
    parser = _parser(commands, words, given)
    parsed = parser.parse_args(given)
    if not hasattr(parsed, "run"):
        parser.print_help()
        return 2
    home = Home.find(Path(parsed.home) if parsed.home else None)
    try:
        return _run(parsed, home, words, services)
    except AkimatDeskError as error:
        _tell(error, words, as_json=getattr(parsed, "json", False))
        return 1
    except BrokenPipeError:
        # The reader (head, less) has gone: nothing more to say, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(parsed: argparse.Namespace, home: Home, words: Translator, services: tuple[Service, ...]) -> int:
    run = load(parsed.run)
    if not parsed.needs_village:
        return int(run(Call(parsed, words, home, None)))
    with open_desk(home, clock=SystemClock(), words=words, services=services) as desk:
        return int(run(Call(parsed, words, home, desk)))


def _commands(services: tuple[Service, ...]) -> Iterator[Command]:
    from akimat_desk.shell.service import COMMANDS

    yield from COMMANDS
    for service in services:
        yield from service.commands


def _parser(commands: Sequence[Command], words: Translator, given: Sequence[str]) -> argparse.ArgumentParser:
    """Every command by name; only the one that is called is loaded."""
    parser = argparse.ArgumentParser(prog="akimat-desk")
    parser.add_argument("--home", default="", metavar="DIR", help=_home_help(words))
    groups = parser.add_subparsers(metavar="COMMAND")
    for command in commands:
        group = groups.add_parser(command.name, help=words(command.help), description=words(command.help))
        group.set_defaults(run=command.run, needs_village=command.needs_village)
        if command.name not in given:
            continue
        load(command.add)(group)
        for leaf in _leaves(group):
            leaf.add_argument("--json", action="store_true", help=words("Print one JSON value."))
            leaf.add_argument("--home", default=argparse.SUPPRESS, metavar="DIR", help=_home_help(words))
    return parser


def _home_help(words: Translator) -> str:
    return words("The desk's data folder; otherwise {variable}.", variable=HOME_VARIABLE)


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield parser
    for action in inner:
        for child in dict.fromkeys(action.choices.values()):
            yield from _leaves(child)


def _tell(error: AkimatDeskError, words: Translator, *, as_json: bool) -> None:
    message, todo = words.say(error.for_staff), words.say(error.next_step)
    if as_json:
        json.dump({"error": {"code": error.code, "message": message, "todo": todo}}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        sys.stderr.write(f"{message} {todo}\n")


def _language() -> Language:
    wanted = os.environ.get(LANGUAGE_VARIABLE) or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return next((language for language in LANGUAGES if wanted.lower().startswith(language)), "en")


if __name__ == "__main__":
    raise SystemExit(main())
