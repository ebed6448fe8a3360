"""`akimat-desk`: every service's commands under one name.

Exit codes: 0 done, 1 refused or not possible (one sentence on standard error, or {"error": …} with --json), 2 called
wrongly, 3 done but some of what was given is refused or does not work, 130 stopped with Ctrl+C.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.paths import HOME_VARIABLE, Home
from akimat_desk.base.words import LANGUAGES, N_, Language, Translator
from akimat_desk.service import Call, Command, Service, find_services, load
from akimat_desk.shell.opening import catalogues, open_desk

LANGUAGE_VARIABLE: Final = "AKIMAT_DESK_LANGUAGE"
STOPPED: Final = 130
"""What shells give a process that Ctrl+C ended."""
PLACEHOLDERS: Final = frozenset(
    {
        N_("ADDRESS"), N_("CODE"), N_("COMMAND"), N_("DATE"), N_("DEVICE"), N_("DIR"), N_("ENTRY"), N_("FILE"),
        N_("FOLDER"), N_("GROUP"), N_("ID"), N_("MONTH"), N_("N"), N_("NAME"), N_("NUMBER"), N_("OUT"), N_("PASSWORD"),
        N_("PERCENT"), N_("PRINTER"), N_("PROJECT"), N_("SHEET"), N_("TIME"), N_("WORD"), N_("YYYY"),
        N_("YYYY-MM"), N_("YYYY-MM-DD"),
    }
)  # fmt: skip
"""What stands for something to be given in the usage lines and helps of all commands."""
COMPLAINTS: Final = {
    r"the following arguments are required: (?P<names>.+)": N_("Something is missing: {names}"),
    r"unrecognized arguments: (?P<names>.+)": N_("There is nothing of this name: {names}"),
    r"argument (?P<names>.+?): expected (?:one|at least one) argument": N_("A value is missing after: {names}"),
    r"argument (?P<names>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<choices>.+)\)": N_(
        "{names} cannot be this: {given}. Possible: {choices}."
    ),
    r"argument (?P<names>.+?): not allowed with argument (?P<others>.+)": N_(
        "{names} and {others} exclude each other."
    ),
    r"argument (?P<names>.+?): invalid count value: (?P<given>.+)": N_(
        "{names} is a number, 0 or more, and this is not: {given}"
    ),
    r"argument (?P<names>.+?): invalid (?:int|_seat) value: (?P<given>.+)": N_(
        "{names} is a whole number, and this is not: {given}"
    ),
}
"""argparse's sentences, and ours."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code."""
    _leave_no_core()
    _speak_every_letter()
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
    as_json = getattr(parsed, "json", False)
    try:
        code = _run(parsed, home, words, services)
        sys.stdout.flush()
        return code
    except AkimatDeskError as error:
        return _tell(error, words, as_json=as_json)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # The reader (head, less) has gone: nothing more to say, and Python must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as why:
        return _tell(_of_the_system(why), words, as_json=as_json)
    except Exception as bug:
        from akimat_desk.ui.operations import unexpected

        return _tell(unexpected(bug), words, as_json=as_json)


def _run(parsed: argparse.Namespace, home: Home, words: Translator, services: tuple[Service, ...]) -> int:
    run = load(parsed.run)
    if not (parsed.needs_village or (parsed.uses_village and home.database.exists())):
        return int(run(Call(parsed, words, home, None)))
    with open_desk(home, clock=SystemClock(), words=words, services=services) as desk:
        return int(run(Call(parsed, words, home, desk)))


def _commands(services: tuple[Service, ...]) -> Iterator[Command]:
    from akimat_desk.shell.service import COMMANDS

    yield from COMMANDS
    for service in services:
        yield from service.commands


def _speaking(words: Translator) -> type[argparse.ArgumentParser]:
    """argparse in the language of `words`: commands mark their texts with `N_`, and here they are said."""

    class Formatter(argparse.HelpFormatter):
        def _get_help_string(self, action: argparse.Action) -> str | None:
            return words(action.help) if action.help else action.help

        def _format_text(self, text: str) -> str:
            return super()._format_text(words(text))

        def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None) -> str:
            # A given prefix is argparse's own: it puts the names of subcommands together with an empty one.
            return super()._format_usage(usage, actions, groups, f"{words('usage:')} " if prefix is None else prefix)

        def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Callable[[int], tuple[str, ...]]:
            found = super()._metavar_formatter(action, default_metavar)
            return lambda size: tuple(map(words, found(size)))

    class Parser(argparse.ArgumentParser):
        def __init__(self, **options: Any) -> None:
            super().__init__(**{"formatter_class": Formatter, **options, "add_help": False})
            self._positionals.title = words("What to give")
            self._optionals.title = words("Options")
            self.add_argument("-h", "--help", action="help", help=N_("Show this help."))

        def error(self, message: str) -> NoReturn:
            """How it is called, and what is wrong; exit code 2."""
            self.print_usage(sys.stderr)
            self._end(_complaint(message, words))

        def _get_value(self, action: argparse.Action, typed: str) -> Any:
            # argparse knows errors of its own only; what reads a day or a time refuses with a sentence of ours.
            try:
                return super()._get_value(action, typed)
            except Refused as why:
                name = action.option_strings[0] if action.option_strings else words(str(action.metavar))
                self.print_usage(sys.stderr)
                self._end(f"{name} {typed}: {words.say(why.for_staff)}")

        def _end(self, sentence: str) -> NoReturn:
            sys.stderr.write(sentence + "\n")
            raise SystemExit(2)

    return Parser


def _complaint(message: str, words: Translator) -> str:
    """What argparse says of a wrong call, in the language of `words`; a sentence not known here is quoted as it is."""
    for pattern, sentence in COMPLAINTS.items():
        found = re.fullmatch(pattern, message)
        if found is not None:
            return words(sentence, **{name: _names(value, words) for name, value in found.groupdict().items()})
    return words("Not understood: {what}", what=message)


def _names(listed: str, words: Translator) -> str:
    """Placeholders of the help among `listed`, as the help shows them."""
    return ", ".join(words(one) if one in PLACEHOLDERS else one for one in listed.replace("'", "").split(", "))


def _parser(commands: Sequence[Command], words: Translator, given: Sequence[str]) -> argparse.ArgumentParser:
    """Every command by name; only the one that is called is loaded."""
    parser = _speaking(words)(prog="akimat-desk")
    parser.add_argument("--home", default="", metavar="DIR", help=_home_help(words))
    groups = parser.add_subparsers(metavar="COMMAND", title=words("Commands"))
    for command in commands:
        group = groups.add_parser(command.name, help=command.help, description=command.help)
        group.set_defaults(run=command.run, needs_village=command.needs_village, uses_village=command.uses_village)
        if command.name not in given:
            continue
        group.set_defaults(json=False)
        load(command.add)(group)
        for leaf in _leaves(group):
            leaf.add_argument(
                "--json", action="store_true", default=argparse.SUPPRESS, help=N_("Print one JSON value.")
            )
            leaf.add_argument("--home", default=argparse.SUPPRESS, metavar="DIR", help=_home_help(words))
    return parser


def _home_help(words: Translator) -> str:
    return words("The desk's data folder; otherwise {variable}.", variable=HOME_VARIABLE)


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of what can be done; also of a group that does something when none of its commands is named."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not any(action.required for action in inner):
        yield parser
    for action in inner:
        for child in dict.fromkeys(action.choices.values()):
            yield from _leaves(child)


def _of_the_system(why: OSError) -> AkimatDeskError:
    """The system's refusal (no right to the folder, no room on the disk) in our words."""
    from akimat_desk.store.errors import faults

    try:
        with faults():
            raise why
    except AkimatDeskError as ours:
        return ours


def _tell(error: AkimatDeskError, words: Translator, *, as_json: bool) -> int:
    message, todo = words.say(error.for_staff), words.say(error.next_step)
    if as_json:
        said = {"error": {"code": error.values["code"], "message": message, "todo": todo}}
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{message} {todo}".rstrip() + "\n")
    return 1


def _leave_no_core() -> None:
    """A crash writes no image of the memory: keys, names and documents would be in it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _speak_every_letter() -> None:
    """Another program reads UTF-8 from us, whatever the PC's code page (Windows: often one without Kazakh letters)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def _language() -> Language:
    wanted = os.environ.get(LANGUAGE_VARIABLE) or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    return next((language for language in LANGUAGES if wanted.lower().startswith(language)), "en")


if __name__ == "__main__":
    raise SystemExit(main())
