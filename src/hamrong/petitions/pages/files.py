"""What became of files that a sender handed in, and the list of those that were kept."""

from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat

from hamrong.access.actors import Grant, Refusal
from hamrong.papers import queries
from hamrong.papers.forms import FilesForm
from hamrong.petitions.actions.files import Outcome
from hamrong.petitions.models import Petition
from hamrong.petitions.subjects import ref_of
from hamrong.ui.answers import words


def refused_names(outcomes: Sequence[Outcome]) -> list[str]:
    """What is wrong with those that were not kept, each by its name."""
    return [f"{one.name}: {words(one.answer)}" for one in outcomes if isinstance(one.answer, Refusal)]


def told_of_files(outcomes: Sequence[Outcome], *, needed: bool = False) -> FilesForm:
    """The form for more files, with what is wrong with those that were not kept; nothing else is lost by it."""
    refused = refused_names(outcomes)
    form = FilesForm({} if refused or needed else None, needed=needed)
    if form.is_bound:
        form.full_clean()
    for each in refused:
        form.add_error("attached", each)
    return form


def kept_names(outcomes: Sequence[Outcome]) -> list[str]:
    """The names of those that were kept."""
    return [one.name for one in outcomes if not isinstance(one.answer, Refusal)]


def files_of(by: Grant, petition: Petition, key: bytes | None) -> list[dict[str, Any]]:
    """The files of a petition that the grant shows: name, size and day."""
    found = []
    for one in queries.attachments(by, ref_of(petition)):
        if one.own_key and key is None:
            continue
        told = queries.told(one, key)
        found.append({"one": one, "told": told, "size": filesizeformat(told.size), "on": one.received_on})
    return found
