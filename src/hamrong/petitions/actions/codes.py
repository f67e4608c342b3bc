"""Changing the follow-up code: the old one, which somebody may have seen, opens nothing any more."""

from datetime import datetime

from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.petitions.actions.intake import NOT_OURS
from hamrong.petitions.queries import visible
from hamrong.sealed.actions.reports import change_code, ticket_of
from hamrong.sealed.queries import reports


def rotate(*, by: Grant, old: str, new: str, at: datetime) -> Refusal | None:
    """Put a new code (`followup.new_code`) in the place of the grant's own; a denouncer leaves no entry."""
    with acting(by):
        petition = visible.petitions(by).filter(ticket=by.scope).first()
        if petition is None:
            return NOT_OURS
        if petition.secret:
            change_code(by=by, report=reports(by).get(), old=old, new=new)
        else:
            enter(by, subject=f"petition:{petition.pk}", at=at, code="changed")
        with connection.cursor() as cursor:
            cursor.execute("select petitions_rotate(%s)", [ticket_of(new)])
    return None
