"""What the count can refuse."""

from __future__ import annotations

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence


class NotPabulib(Refused):
    """A file of ballots is not written as Pabulib files are; says where and why."""

    code = "not-pabulib"
    staff_text = N_("Line {line}, column {column}: {why}")
    next_text = N_("Mend the file at this place and count again.")

    def __init__(self, why: Sentence, line: int = 1, column: int = 1) -> None:
        super().__init__(why=why, line=line, column=column)
        self.why, self.line, self.column = why, line, column


class Unreadable(NotPabulib):
    """A file that was named cannot be opened."""

    code = "vote-file"
    staff_text = N_("This file cannot be opened.")
    next_text = N_("Look whether the name is right.")


class RuleRefused(Refused):
    """The rules of a count do not fit the ballots, or each other."""

    code = "count-rule"
    staff_text = N_("These rules cannot be used on these ballots: {why}")
    next_text = N_("Choose other rules.")


class NoSuchProject(Refused):
    """A project that was named is not on the ballot."""

    code = "no-such-project"
    staff_text = N_("There is no project {id} in this file.")
    next_text = N_("Look at the list of projects.")
