"""Shortest ways to filings in each state."""

from registers.services import ask_filer

QUESTION = "哪个房间？"


def ask(proposal, *, by, text=QUESTION):
    """The risk manager wants to know more."""
    ask_filer(proposal, by=by, question=text)
    return proposal
