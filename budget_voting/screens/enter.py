"""How an opened desk becomes the page of a vote's file; what counts is loaded when a file is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget_voting import room
from budget_voting.screens.choose import ChoosePresenter, ChooseVoteScreen

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.ui.screen import Screen
    from budget_voting.room import Vote


def count_a_vote(desk: Desk) -> Screen:
    """The files that are there."""
    return ChooseVoteScreen(
        ChoosePresenter(
            look=lambda named: room.votes_here(desk, named),
            named=lambda typed: room.named_files(desk, typed),
            read=room.read_vote,
            after=lambda vote: _vote(desk, vote),
        )
    )


def _vote(desk: Desk, vote: Vote) -> Screen:
    from budget_voting.screens.vote import VotePresenter, VoteScreen

    return VoteScreen(
        VotePresenter(
            vote,
            count=room.count_vote,
            paper=lambda found: room.print_comparison(desk, found),
            save=lambda found: str(room.save_comparison(desk, vote, found)),
        )
    )
