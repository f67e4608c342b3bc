"""Writing to the police: what is protected, the matter, everything once more, and the code, shown once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamrong.access.actors import Refusal
from hamrong.kernel.seal import followup
from hamrong.papers.forms import FilesForm
from hamrong.petitions.actions.files import Outcome, hand_in_files
from hamrong.petitions.actions.intake import Handed, hand_in
from hamrong.petitions.forms.handing import DoorForm, MatterForm
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import stands
from hamrong.petitions.pages.bare import bare, pictured, shown
from hamrong.petitions.pages.files import kept_names, refused_names
from hamrong.petitions.queries.conflicts import against, kept_away
from hamrong.petitions.rules import Kind
from hamrong.sealed.actions.reports import closed
from hamrong.sealed.reporters import reporter
from hamrong.sealed.rules import Against
from hamrong.ui.answers import words
from hamrong.ui.parts import Answer

PLACES: Final = {"denunciation": "denounce", "complaint": "complain", "reflection": "reflect"}
"""The name of the address of each kind."""


@bare
def denounce(request: HttpRequest) -> HttpResponse:
    """A denunciation with a sealed identity, or information without a name."""
    return _handing(request, "denunciation")


@bare
def complain(request: HttpRequest) -> HttpResponse:
    """A complaint about a decision or an act that touched oneself; the law wants a name."""
    return _handing(request, "complaint")


@bare
def reflect(request: HttpRequest) -> HttpResponse:
    """A petition or a reflection, with a name or without."""
    return _handing(request, "reflection")


def _handing(request: HttpRequest, kind: Kind) -> HttpResponse:
    sent, step = request.POST, request.POST.get("do", "")
    if step in ("", "door"):
        return _page(request, kind, "door", form=DoorForm(kind=kind, initial=sent.dict()))
    if step == "begin" and kind != "complaint":
        door = _door(sent, kind)
        if not door.is_valid():
            return _page(request, kind, "door", form=door)
    signed = "named" if kind == "complaint" else sent.get("signed", "")
    today = timezone.localdate()
    if step == "begin":
        # made by the server in an answer to a form, which nothing between here and there keeps for somebody else
        form = MatterForm(
            initial={"code": followup.new_code(), "signed": signed, "away": "unit"}, kind=kind, signed=signed,
            today=today,
        )  # fmt: skip
        return _page(request, kind, "matter", form=form)
    if step == "edit":
        return _page(
            request, kind, "matter", form=MatterForm(initial=sent.dict(), kind=kind, signed=signed, today=today)
        )
    form = MatterForm(sent, kind=kind, signed=signed, today=today)
    if form.is_valid() and followup.read(form.cleaned_data["code"]) is None:
        form.add_error(None, _("Trang này không còn dùng được. Hãy chép lại nội dung, mở trang mới rồi gửi."))
    if not form.is_valid():
        return _page(request, kind, "matter", form=form)
    if step != "send":
        carried = [(name, form.data.get(name, "")) for name in form.fields]
        return _page(
            request, kind, "check", answers=_answers(form), carried=carried, picker=FilesForm(), unkept=request.FILES
        )
    return _sent(request, kind, form)


def _door(sent: QueryDict, kind: Kind) -> DoorForm:
    """The choice at the door; that no denunciation can be taken at all is told here, not after everything was typed."""
    door = DoorForm(sent, kind=kind)
    if door.is_valid() and kind == "denunciation":
        grant = reporter(followup.new_code(), "petition.hand-in")
        shut = grant if isinstance(grant, Refusal) else closed(grant, timezone.now())
        if shut:
            door.add_error(None, words(shut))
    return door


def _sent(request: HttpRequest, kind: Kind, form: MatterForm) -> HttpResponse:
    now, got = timezone.now(), form.cleaned_data
    handed = Handed(
        code=got["code"], kind=kind, door="online", unit=got["unit"], received_on=timezone.localdate(now),
        content=form.told(), against=_against(got, timezone.localdate(now)),
    )  # fmt: skip
    grant = reporter(got["code"], "petition.hand-in")
    answer = grant if isinstance(grant, Refusal) else hand_in(by=grant, handed=handed, at=now)
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        if request.FILES:
            form.add_error(None, _("Các tệp chưa được giữ lại: hãy chọn lại ở trang sau."))
        return _page(request, kind, "matter", form=form)
    attached = request.FILES.getlist("attached")
    files = hand_in_files(code=got["code"], files=attached, at=now) if attached else []
    return _received(request, kind, answer, form, files or [])


def _against(got: Mapping[str, Any], day: date) -> Against:
    if got.get("away") == "people":
        return kept_away(got["against"], got["unit"], day)
    return against(got.get("against", ""), {got["unit"]} if "away" in got else ())


def _received(
    request: HttpRequest, kind: Kind, petition: Petition, form: MatterForm, files: Sequence[Outcome]
) -> HttpResponse:
    """The code, what became of the files, and by when it is looked at; whoever gives no name is owed no answer."""
    got = form.cleaned_data
    told: dict[str, Any] = {"picker": FilesForm(), "refused": refused_names(files), "kept": kept_names(files)}
    place = form.units.get(petition.unit, petition.unit)
    if got.get("away") == "people" and got["unit"] != settings.HAMRONG_PROVINCE:
        # the place would tell whether an officer of that name serves there
        place = _("%(unit)s hoặc Công an tỉnh") % {"unit": form.units[got["unit"]]}
    told |= {"code": got["code"], **pictured(got["code"]), "place": place}
    date = stands(petition, timezone.now()) if got["signed"] == "named" else None
    if date:
        clock = date.as_dict((get_language() or "vi")[:2])
        told |= {"due": date.due, "steps": clock["derivation"], "caution": clock["caution"]}
    return _page(request, kind, "received", **told)


def _answers(form: MatterForm) -> list[Answer]:
    """Everything that was typed, in the order of the form, for reading once more."""
    return [
        Answer(cast("str", bound.label), _said(form, bound.name))
        for bound in form
        if not bound.is_hidden and form.cleaned_data.get(bound.name)
    ] + ([] if "name" in form.fields else [Answer(_("Họ và tên"), _("Không nêu tên"))])


def _said(form: MatterForm, name: str) -> str:
    value = str(form.cleaned_data[name])
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))


def _page(request: HttpRequest, kind: Kind, name: str, **values: object) -> HttpResponse:
    return shown(request, name, {"kind": kind, "here": f"petitions:{PLACES[kind]}", **values})
