"""What can go wrong on a link."""

from __future__ import annotations

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.words import N_


class Unreachable(Unavailable):
    """Nobody answers at the other end."""

    code = "sync-unreachable"
    staff_text = N_("The other PC does not answer. Entries wait here and are sent later.")
    next_text = N_("See that the other PC is on and that the network cable is in.")


class NotADesk(Unavailable):
    """Something answers, but it is no desk: a captive portal, a proxy's page, another program."""

    code = "sync-not-a-desk"
    staff_text = N_("Something else answers in place of the other PC. Entries wait here and are sent later.")
    next_text = N_("Check the address of the main PC, and whether the network asks for a sign-in page.")


class TooMuch(Unavailable):
    """A message larger than any desk sends; it was not unpacked."""

    code = "sync-too-much"
    staff_text = N_("The other PC sent more than can be taken at once. Nothing was taken in.")
    next_text = N_("Update Akimat Desk on both PCs.")


class TheirTrouble(Unavailable):
    """The other desk understood the question and could not answer it."""

    code = "sync-their-trouble"
    staff_text = N_("The other PC could not answer (code: {their_code}). Entries wait here and are sent later.")
    next_text = N_("Look at the other PC; its log has the same code.")
