"""Coming back by the code: how the petition stands, words both ways, and when the sealed identity was opened."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal import followup
from hamrong.law import citizens_time
from hamrong.org.queries import unit
from hamrong.papers.forms import FilesForm
from hamrong.petitions.actions import codes, messages, opinions
from hamrong.petitions.actions.files import hand_in_files
from hamrong.petitions.actions.intake import TEXT
from hamrong.petitions.actions.messages import Said
from hamrong.petitions.actions.tries import count_unknown, wait_for_the_floor
from hamrong.petitions.courses import COURSES
from hamrong.petitions.forms.handing import CodeForm, OpinionForm, WordForm
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.bare import bare, pictured, shown
from hamrong.petitions.pages.files import files_of, kept_names, told_of_files
from hamrong.petitions.pages.register import kind_words
from hamrong.petitions.queries import visible
from hamrong.petitions.queries.following import Standing, replaced_on, standing
from hamrong.petitions.queries.given import paper_of, papers_of
from hamrong.petitions.queries.reading import opened
from hamrong.petitions.told import content_of
from hamrong.sealed.actions.reports import opened_parts, reporters_key
from hamrong.sealed.models import Report
from hamrong.sealed.queries import reports
from hamrong.sealed.reporters import reporter
from hamrong.ui.answers import as_file
from hamrong.ui.formats import day
from hamrong.ui.parts import Event


@bare
def follow(request: HttpRequest) -> HttpResponse:
    """The one page of a sender: a code opens it, and everything on it goes with the code again."""
    if request.method != "POST":
        return shown(request, "code", {"form": CodeForm()})
    since = time.monotonic()
    response = _answered(request)
    wait_for_the_floor(since)
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    step = request.POST.get("do")
    if step == "leave":
        return _left(request)
    if step == "code":
        return shown(request, "code", {"form": CodeForm(initial=request.POST.dict())})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return shown(request, "code", {"form": form})
    code = followup.read(form.cleaned_data["code"])
    if code is None:
        form.add_error(
            "code", _("Mã này chép sai ở đâu đó. Hãy so lại từng nhóm bốn ký tự, hoặc từng tiếng, với mã bạn đã giữ.")
        )
        return shown(request, "code", {"form": form})
    page = DOING.get(step or "", _opened)(request, code)
    if page is not None:
        return page
    replaced = replaced_on(_grant(code))
    if replaced:
        form.add_error("code", _(
            "Ngày %(day)s mã này đã được thay bằng mã mới tại nơi tiếp nhận, cho người đưa đúng giấy tờ của người gửi. "
            "Nếu không phải bạn xin thay, hãy mang giấy tờ đến nơi tiếp công dân và nói ngay."
        ) % {"day": day(replaced)})  # fmt: skip
        return shown(request, "code", {"form": form})
    count_unknown(timezone.localdate())
    form.add_error("code", _("Không có đơn nào theo mã này."))
    return shown(request, "code", {"form": form})


def _opened(request: HttpRequest, code: str, **told: object) -> HttpResponse | None:
    with acting(_grant(code)) as grant:
        return _own(request, grant, code, **told)


def _grant(code: str) -> Grant:
    grant = reporter(code, "petition.follow")
    assert isinstance(grant, Grant), grant
    return grant


def _renewed(request: HttpRequest, code: str) -> HttpResponse | None:
    """A new code: shown first, so that it is written down before the old one ends; sent twice it changes once."""
    new = followup.read(request.POST.get("new", "")) if request.POST.get("do") == "rotate" else None
    with acting(_grant(code)) as by:
        known = visible.petitions(by).exists()
    if new is None:
        fresh = followup.read(request.POST.get("new", "")) or followup.new_code()
        return shown(request, "renew", {"code": code, "new": fresh, **pictured(fresh)}) if known else None
    if known:
        codes.rotate(by=_grant(code), old=code, new=new, at=timezone.now())
    return _opened(request, new, renewed=True)


def _own(request: HttpRequest, by: Grant, code: str, **more: object) -> HttpResponse | None:
    now = timezone.now()
    found = standing(by, now)
    if found is None:
        return None
    petition = found.petition
    if petition.erased_on:
        if not petition.secret:
            enter(by, subject=f"petition:{petition.pk}", at=now)
        return shown(request, "erased", {"petition": petition})
    report = reports(by).get() if petition.secret else None
    key = reporters_key(report, code) if report else b""
    sent = request.POST
    word, done = WordForm(sent if sent.get("do") == "write" else None, initial={"text": sent.get("text", "")}), False
    if word.is_bound and word.is_valid():
        done = _written(by, petition, report, key, word.cleaned_data["text"])
        word = WordForm()
    opinion, thanked = _opinion(by, found, sent, now)
    if not petition.secret:
        enter(by, subject=f"petition:{petition.pk}", at=now)
    said = messages.said_sealed(report, key) if report else messages.said(by, petition)
    told = _told(found, said)
    if not petition.sorting and not _signed(petition, report, key):
        told["clocks"] = []  # whoever gives no name is owed no answer
    told |= {"files": files_of(by, petition, key or None), "papers": papers_of(), "picker": FilesForm(needed=True)}
    told |= {"opinion": opinion, "thanked": thanked}
    return shown(request, "standing", {"form": word, "code": code, "written": done, **told, **more})


def _opinion(by: Grant, found: Standing, sent: Mapping[str, str], at: datetime) -> tuple[OpinionForm | None, bool]:
    """The question that is asked once when all is over, and whether it was answered just now."""
    petition, rated = found.petition, sent.get("do") == "rate"
    if not found.over or not opinions.is_asked(petition):
        return None, rated and found.over
    form = OpinionForm(sent if rated else None, initial=sent, worded=not petition.secret)
    if rated and form.is_valid():
        got = form.cleaned_data
        opinions.answer(by=by, petition=petition, answered=got["answer"], words=got.get("words", ""), at=at)
        return None, True
    return form, False


def _signed(petition: Petition, report: Report | None, key: bytes) -> bool:
    if report is None:
        return opened(petition).signed
    return content_of(opened_parts(report, key)[TEXT]).signed


def _written(by: Grant, petition: Petition, report: Report | None, key: bytes, text: str) -> bool:
    now = timezone.now()
    if report is not None:
        return messages.write_sealed(by=by, report=report, key=key, text=text, at=now) is None
    return not isinstance(messages.write(by=by, petition=petition, text=text, at=now), Refusal)


def _told(found: Standing, said: Sequence[Said]) -> dict[str, object]:
    lang, petition = (get_language() or "vi")[:2], found.petition
    kinds = {"sent": kind_words(petition.came_as), "now": kind_words(petition.kind)} if petition.came_as else {}
    other = _("Bạn gửi là “%(sent)s”; theo nội dung, đơn được giải quyết là “%(now)s”.") % kinds if kinds else ""
    return {
        "standing": found,
        "other_kind": other,
        "state": getattr(found.state, lang),
        "result": getattr(found.result, lang) if found.result else "",
        "note": getattr(found.note, lang) if found.note else "",
        "clocks": [{**each.as_dict(lang), "awaited": each.due.rule in AWAITED} for each in found.clocks],
        "unit": "" if petition.secret else unit(petition.unit),
        "history": [Event(getattr(each.words, lang), each.on, note=each.document) for each in found.happenings],
        "said": said,
    }


def _attached(request: HttpRequest, code: str) -> HttpResponse | None:
    """Files that the sender adds; those that are refused are named, with the reason."""
    outcomes = hand_in_files(code=code, files=request.FILES.getlist("attached"), at=timezone.now())
    if outcomes is None:
        return None
    picker = told_of_files(outcomes, needed=not outcomes)
    return _opened(request, code, picker=picker, kept=kept_names(outcomes))


def _paper(request: HttpRequest, code: str) -> HttpResponse | None:
    """A signed paper that the sender is told of, as it was given out; back to the page where it is none of theirs."""
    with acting(_grant(code)) as by:
        known, found = visible.petitions(by).exists(), paper_of(request.POST.get("paper", ""))
    if found is None:
        return _opened(request, code) if known else None
    return as_file(HttpResponse(found, content_type="application/pdf"), f"{request.POST['paper']}.pdf")


AWAITED: Final = {step.awaits for course in COURSES for step in course.steps} & citizens_time()
"""Rules whose time has to pass before something can be done: nobody is late by them."""

DOING: Final[dict[str, Callable[[HttpRequest, str], HttpResponse | None]]] = {
    "renew": _renewed, "rotate": _renewed, "attach": _attached, "paper": _paper,
}  # fmt: skip
"""What the buttons of the page do; whatever else is pressed opens it."""


def _left(request: HttpRequest) -> HttpResponse:
    response = shown(request, "left", {})
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
