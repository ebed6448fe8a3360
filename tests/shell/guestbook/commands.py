"""`akimat-desk guestbook`: leaves a line with `--sign`, and counts."""

import argparse

import peewee
from guestbook.entries import LINE_LEFT, Line, LineLeft

from akimat_desk.service import Call


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sign", type=int, metavar="LETTERS")


def run(call: Call) -> int:
    assert call.desk is not None
    if call.arguments.sign:
        call.desk.journal.append(LINE_LEFT, LineLeft(letters=call.arguments.sign))
    with call.desk.store.read() as db:
        lines, letters = Line.select(peewee.fn.COUNT(Line.entry), peewee.fn.SUM(Line.letters)).tuples().execute(db)[0]
    call.out({"lines": lines, "letters": letters}, [f"{lines} lines"])
    return 0
