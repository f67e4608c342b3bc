"""Whoever has a code: an actor without a name, whose scope is the ticket of that code."""

import secrets

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.sealed.actions.reports import ticket_of


def reporter(code: str, act: str) -> Grant | Refusal:
    """The grant of a code (in its one form, `followup.read`) for an act; each use is a stream of its own."""
    ticket = ticket_of(code)
    actor = Actor("visitor", "", f"visit:{secrets.token_hex(8)}", (Holding("reporter", ticket),))
    return decide(actor, act, Target(ticket=ticket))
