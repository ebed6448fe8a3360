"""`akimat-desk budget count|compare|explain|check|convert`. None needs a village, nothing is written down."""

from __future__ import annotations

import argparse
import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from akimat_desk.base.locale import format_number
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.service import Call
from akimat_desk.store.durable import write_file
from budget_voting.checks import remarks_of
from budget_voting.count.compare import compare
from budget_voting.count.counting import count
from budget_voting.count.election import Election
from budget_voting.count.errors import NoSuchProject, NotPabulib, Unreadable
from budget_voting.count.pabulib import read_bytes, read_pabulib, write_pabulib
from budget_voting.count.reading import election_of, read_election
from budget_voting.count.result import Result
from budget_voting.explain import ENDED, FAULTS, Explainer, money, rule_name
from budget_voting.options import add_rule_options, rules_of, several_rules
from budget_voting.told import comparison_told, project_told, result_told

SOME_WRONG: Final = 3
LINES_SHOWN: Final = 10


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the commands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    file = N_("A vote in Pabulib format: .pb or .pb.gz.")
    counting = commands.add_parser("count", help=N_("Count a vote: who wins, by which steps, with a proof."))
    counting.add_argument("file", metavar="FILE", help=file)
    counting.add_argument("--trace", action="store_true", help=N_("Show every step as a sum."))
    add_rule_options(counting)
    counting.set_defaults(act=run_count)
    explaining = commands.add_parser("explain", help=N_("Say why a project won or lost."))
    explaining.add_argument("file", metavar="FILE", help=file)
    explaining.add_argument("project", metavar="PROJECT", nargs="?", help=N_("The project's number; otherwise all."))
    add_rule_options(explaining)
    explaining.set_defaults(act=run_explain)
    comparing = commands.add_parser("compare", help=N_("Count by several rules and show what each would fund."))
    comparing.add_argument("file", metavar="FILE", help=file)
    comparing.add_argument(
        "--rules",
        nargs="+",
        metavar="RULE[:UTILITY[:COMPLETION]]",
        default=["votes", "equal-shares::add1-until-overspend", "phragmen"],
        help=N_("The rules, such as equal-shares:cost:add1."),
    )
    comparing.add_argument("--pdf", metavar="FILE", help=N_("Write the comparison with charts to this file."))
    comparing.add_argument("--png", metavar="FILE", help=N_("Write its first page as a picture."))
    add_rule_options(comparing, one_rule=False)
    comparing.set_defaults(act=run_compare)
    checking = commands.add_parser(
        "check",
        help=N_("Look whether a file of a vote is in order."),
        description=N_("Exit code 0 if the file and all ballots are in order, 3 if something is not."),
    )
    checking.add_argument("file", metavar="FILE", help=file)
    checking.set_defaults(act=run_check)
    converting = commands.add_parser("convert", help=N_("Write a vote anew, as other programs accept it."))
    converting.add_argument("file", metavar="FILE", help=file)
    converting.add_argument("out", metavar="OUT", help=N_("The new file; packed where its name ends in .gz."))
    converting.set_defaults(act=run_convert)


def run(call: Call) -> int:
    """Run the chosen command."""
    code: int = call.arguments.act(call)
    return code


def _bytes(name: str) -> bytes:
    try:
        return read_bytes(Path(name))
    except OSError as why:
        raise Unreadable(Sentence("")) from why


def _read(name: str) -> tuple[Election, float]:
    began = time.process_time()
    try:
        election = read_election(Path(name))
    except OSError as why:
        raise Unreadable(Sentence("")) from why
    return election, time.process_time() - began


def run_count(call: Call) -> int:
    """Count once."""
    election, seconds = _read(call.arguments.file)
    result = count(election, rules_of(call.arguments, election))
    told = result_told(result)
    told["seconds"] = {"read": round(seconds, 6), **told["seconds"]}
    call.out(told, _count_lines(call, result))
    return 0


def _count_lines(call: Call, result: Result) -> Iterator[str]:
    words, election = call.words, result.election
    explainer = Explainer(result, words)
    yield election.title
    yield rule_name(result.rules, words)
    yield words(
        "Budget: {budget}. Voters: {voters}.",
        budget=money(election, election.budget, words),
        voters=format_number(result.voters, words.language),
    )
    for project in result.winners:
        fate, one = result.fates[project], election.projects[project]
        yield f"{fate.step:>3}. {money(election, fate.got, words):>16}  {one.id}  {one.name}"
    yield words("Handed out: {sum}", sum=money(election, result.total_cost, words))
    if result.ended is not None:
        yield words(ENDED[result.ended])
    if result.share is not None and result.start_share is not None:
        yield words(
            "Share of each voter: {start}, at the end {share}",
            start=money(election, result.start_share, words, fine=True),
            share=money(election, result.share, words, fine=True),
        )
    if call.arguments.trace:
        yield from explainer.trace()
    yield from (explainer.tie(tie) for tie in result.ties)
    yield from _faults(election, words)
    certificate = result.certificate
    if certificate.smallest_gap is None:
        yield words("Counted in whole numbers and fractions: exact.")
    else:
        yield words(
            "Exact. Closest decision: {gap}; decisions taken by fractions: {n}.",
            gap=f"{certificate.smallest_gap:.1e}",
            n=certificate.exact_decisions,
        )


def _faults(election: Election, words: Translator) -> Iterator[str]:
    for fault, many in election.ballots.faults.items():
        yield words(
            "Ballots that are not valid: {n} ({why})",
            n=format_number(many, words.language),
            why=words(FAULTS[fault.value]),
        )


def run_explain(call: Call) -> int:
    """Say of one project, or of all, why it won or lost."""
    election, _ = _read(call.arguments.file)
    result = count(election, rules_of(call.arguments, election))
    index = election.index()
    wanted = call.arguments.project
    if wanted is not None and wanted not in index:
        raise NoSuchProject(id=wanted)
    chosen = [index[wanted]] if wanted is not None else [*result.winners, *_losers(result)]
    told = [project_told(result, project, call.words) for project in chosen]
    explainer = Explainer(result, call.words)
    lines = (f"{explainer.name(project)}: {explainer.project(project)}" for project in chosen)
    call.out(told if wanted is None else told[0], lines)
    return 0


def _losers(result: Result) -> list[int]:
    lost = [fate.project for fate in result.fates if not fate.why.won]
    return sorted(lost, key=lambda project: -result.scores[project])


def run_compare(call: Call) -> int:
    """Count by several rules."""
    arguments, words = call.arguments, call.words
    file = read_pabulib(_bytes(arguments.file))
    election = election_of(file)
    found = compare(election, several_rules(arguments, election, arguments.rules), file)
    if arguments.pdf or arguments.png:
        from budget_voting.papers import comparison_paper, first_page

        paper = comparison_paper(found, words)
        if arguments.pdf:
            write_file(Path(arguments.pdf), paper)
        if arguments.png:
            write_file(Path(arguments.png), first_page(paper))
    lines = [election.title]
    for result, fared, change in zip(found.results, found.satisfaction, found.changes, strict=True):
        lines.append("")
        lines.append(rule_name(result.rules, words))
        names = ", ".join(election.projects[project].id for project in result.winners)
        together = money(election, result.total_cost, words)
        lines.append(
            words("Funds: {names}. Together: {sum}.", names=names, sum=together)
            if names
            else words("This rule funds nothing.")
        )
        lines.append(
            words(
                "Voters with a funded project: {n} of {all}",
                n=format_number(fared.with_a_winner, words.language),
                all=format_number(fared.voters, words.language),
            )
        )
        if result is not found.results[0]:
            lines.append(
                words(
                    "Beside the first rule, voters who get more: {more}, less: {less}",
                    more=format_number(change.more, words.language),
                    less=format_number(change.less, words.language),
                )
            )
    call.out(comparison_told(found), lines)
    return 0


def run_check(call: Call) -> int:
    """Whether a file is in order."""
    words = call.words
    try:
        file = read_pabulib(_bytes(call.arguments.file))
        election = election_of(file)
    except Unreadable:
        raise
    except NotPabulib as why:
        value = {"valid": False, "line": why.line, "column": why.column, "why": words.say(why.why)}
        call.out(value, [words.say(why.for_staff)])
        return SOME_WRONG
    ballots = election.ballots
    remarks = [words.say(each) for each in remarks_of(file, election)]
    lines = [
        words("{n} ballots, {valid} valid.", n=ballots.cast, valid=ballots.counted),
        *_faults(election, words),
        *(
            words("Line {line}: {why}", line=n, why=words(FAULTS[f.value]))
            for n, f in ballots.faulty_lines[:LINES_SHOWN]
        ),
        *remarks,
    ]
    call.out(
        {
            "valid": not ballots.faults and not remarks,
            "projects": len(election.projects),
            "ballots": ballots.cast,
            "valid_ballots": ballots.counted,
            "invalid": {fault.value: many for fault, many in ballots.faults.items()},
            "lines": [{"line": line, "why": fault.value} for line, fault in ballots.faulty_lines],
            "remarks": remarks,
        },
        lines,
    )
    return SOME_WRONG if ballots.faults or remarks else 0


def run_convert(call: Call) -> int:
    """Write a file anew."""
    arguments = call.arguments
    file = read_pabulib(_bytes(arguments.file))
    election_of(file)
    text = write_pabulib(file).encode()
    packed = arguments.out.endswith(".gz")
    write_file(Path(arguments.out), gzip.compress(text, mtime=0) if packed else text)
    call.out(
        {"file": arguments.out, "projects": len(file.projects), "ballots": len(file.votes)},
        [call.words("Written: {file}", file=arguments.out)],
    )
    return 0
