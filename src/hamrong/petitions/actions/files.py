"""Files that come with a petition: by its sender, who has the code, or by whoever takes it in for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from hamrong.access.actors import Grant, Refusal
from hamrong.access.walls import acting
from hamrong.papers.actions import attachments
from hamrong.papers.models import Attachment
from hamrong.papers.subjects import Subject
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.subjects import subject_of
from hamrong.sealed.actions.reports import reporters_key, ticket_of
from hamrong.sealed.queries import reports
from hamrong.sealed.reporters import reporter


class Outcome(NamedTuple):
    """What became of a file: kept, or why not."""

    name: str
    answer: Attachment | Refusal


def hand_in_files(*, code: str, files: Iterable[Any], at: datetime) -> list[Outcome] | None:
    """Keep the files of whoever has a code, each by itself; None for a code that is nobody's. Leaves no entry."""
    by = reporter(code, "attachment.hand-in")
    assert isinstance(by, Grant), by
    with acting(by):
        petition = visible.petitions(by).filter(ticket=by.scope).first()
    return None if petition is None else add_files(by=by, petition=petition, code=code, files=files, at=at)


def add_files(*, by: Grant, petition: Petition, code: str, files: Iterable[Any], at: datetime) -> list[Outcome]:
    """Keep files as its sender's, each in a transaction of its own; those of a sealed petition under its content's key.

    `files` are uploads of Django; `code` opens a sealed petition, of another one it is only by what files are found.
    """
    to, key = subject_of(petition, ticket_of(code)), None
    if petition.secret:
        with acting(by):
            key = reporters_key(reports(by).get(ticket=petition.ticket), code)
    return kept(by=by, to=to, key=key, files=files, at=at)


def kept(*, by: Grant, to: Subject, key: bytes | None, files: Iterable[Any], at: datetime) -> list[Outcome]:
    """What becomes of each of several uploads for an object."""
    return [
        Outcome(one.name, attachments.add(by=by, to=to, file=one.file, name=one.name, at=at, key=key)) for one in files
    ]
