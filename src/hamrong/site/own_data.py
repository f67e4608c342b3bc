"""Who looked at one person's data, told to whoever showed a document: a page of the inspector."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.queries import full_names_of
from hamrong.access.web import guarded
from hamrong.audit.models import Entry
from hamrong.identity.keys import vault
from hamrong.lodging.queries import subjects as stay_subjects
from hamrong.org.queries import names as units
from hamrong.petitions.pages.register import door_words, kind_words, number_of
from hamrong.petitions.queries import own_data as petitions
from hamrong.petitions.queries.own_data import Own, S
from hamrong.plates.queries import subjects as owners_files
from hamrong.plates.wording import plate as written
from hamrong.site.context import act_label, purpose_label
from hamrong.site.forms import DocumentForm
from hamrong.site.inspection import instant
from hamrong.ui.answers import private
from hamrong.ui.parts import Cell, Column, Row, Table


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("subject.read", "province")
def own_data(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What was kept of a person and who looked at it; for whoever showed a document (13/2023/NĐ-CP Đ9)."""
    form = DocumentForm(request.POST or None)
    values: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        values |= _extract(grant, form.cleaned_data["document"])
    return private(request, "site/own_data.html", values)


def _extract(grant: Grant, document: str) -> dict[str, object]:
    """Everything under one document number; that it was asked for is on record, with how much there was."""
    stays, draws = stay_subjects.about(grant, document), owners_files.about(grant, document)
    taken = owners_files.taken_in(grant, document)
    signed, came = petitions.about(grant, document)
    now = timezone.now()
    enter(
        grant, subject=f"document:{vault().find(document).hex()}", at=now, stays=len(stays), files=len(draws),
        plates=len(taken),
        petitions=len(signed), receptions=len(came),
    )  # fmt: skip
    acts = [one.acts for one in stays] + [one.acts for one in draws]
    acts += [one.acts for one in taken] + [one.acts for one in signed] + [one.acts for one in came]
    told = [entry for each in acts for entry in each]
    where = [one.said.unit for one in signed] + [one.said.unit for one in came]
    names = full_names_of({entry.actor for entry in told}) | units([*(entry.unit for entry in told), *where])
    filed = _("Ai đã lập hồ sơ và ai đã xem")
    return {
        "stays": [(own.stay, _acts(_("Ai đã báo và ai đã xem"), own.acts, names)) for own in stays],
        "draws": [(own.draw, _acts(filed, own.acts, names)) for own in draws],
        "plates": [
            (
                own.plate,
                written(own.plate.number, own.plate.kind),
                _acts(filed, own.acts, names),
            )
            for own in taken
        ],
        "petitions": [_said(own, number_of(own.said), door_words(own.said.door), names) for own in signed],
        "receptions": [_said(own, f"{own.said.number}/{own.said.year}", own.said.place, names) for own in came],
        "asked_at": now,
    }


def _said(own: Own[S], number: str, how: str, names: Mapping[str, str]) -> dict[str, object]:
    """A petition or a visit, as its heading names it, with the acts upon it."""
    return {
        "said": own.said, "kind": kind_words(own.said.kind), "number": number, "how": how,
        "unit": names[own.said.unit], "acts": _acts(_("Ai đã nhận và ai đã xem"), own.acts, names),
    }  # fmt: skip


def _acts(title: str, acts: Sequence[Entry], names: Mapping[str, str]) -> Table:
    columns = [Column(_("Lúc"), "day"), Column(_("Việc")), Column(_("Ai")), Column(_("Mục đích"))]
    rows = [
        Row([instant(entry.at), act_label(entry.type), _who(entry, names), purpose_label(entry.purpose)])
        for entry in acts
    ]
    return Table(title, columns, rows, caption_seen=False)


def _who(entry: Entry, names: Mapping[str, str]) -> Cell:
    """Who acted, without the name for signing in; by a code of one's own, which is not printed, too."""
    if entry.actor.startswith("owner:"):
        return Cell(_("Chủ xe, bằng mã phiếu"))
    if entry.actor == "visitor":
        return Cell(_("Người gửi đơn, bằng mã theo dõi"))
    return Cell(names.get(entry.actor, entry.actor), note=names[entry.unit])
