"""Papers at the desk: those of an object, drawing one up, looking at it, signing it, taking it along."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Actor, Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.queries import delegation_of
from hamrong.access.web import Refused, guarded
from hamrong.papers import dues, queries, subjects
from hamrong.papers.actions import drafting
from hamrong.papers.catalog import Form, Unknown, fields, form, forms_of
from hamrong.papers.forms import DelegateForm, FileForm, PaperForm, SignForm, in_its_place, label
from hamrong.papers.known import number_of
from hamrong.papers.models import Paper
from hamrong.papers.printing import html_of, pdf_of, text_of
from hamrong.papers.subjects import Subject
from hamrong.papers.tables import address, files_of, papers_of
from hamrong.ui.answers import as_file, private, tell, words
from hamrong.ui.formats import cited, day, moment
from hamrong.ui.parts import Answer

P = TypeVar("P", Paper, Subject)
UNCHOSEN = Refusal("invalid", "Hãy chọn bạn ký với tư cách nào.", "Choose as what you sign.")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


OTHER_PURPOSE = Refusal(
    "purpose-not-allowed", "Giấy tờ này thuộc việc khác với mục đích đã chọn. Chọn mục đích của hồ sơ, của đơn đó.",
    "What is opened here is for something else than the purpose that was chosen. Choose that of its case or petition.",
)  # fmt: skip


def subject_or_404(by: Grant, ref: str) -> Subject:
    """The object of a reference; the page of a stranger's object is not there. Opened for another purpose it asks."""
    found = subjects.for_any_purpose(by, ref)
    if found is None:
        raise Http404
    return for_its_purpose(by, found)


def for_its_purpose(by: Grant, found: P) -> P:
    """What was found within the grant's scope; raises `Refused` where it is for another purpose than the grant's."""
    if found.purpose != by.purpose:
        raise Refused(OTHER_PURPOSE, by.act)
    return found


def may(by: Grant, act: str) -> Grant | None:
    """The grant that the same post has for another act, if there is one."""
    answer = beside(by, act, by.purpose)
    return answer if isinstance(answer, Grant) else None


def _paper(by: Grant, number: UUID) -> Paper:
    found = queries.for_any_purpose(by).filter(pk=number).exclude(state="discarded").first()
    if found is None:
        raise Http404
    return for_its_purpose(by, found)


def _form(code: str) -> Form:
    try:
        return form(code)
    except Unknown as error:
        raise Http404 from error


@require_safe
@guarded("paper.read", "own")
def object_page(request: HttpRequest, grant: Grant, ref: str) -> HttpResponse:
    """The papers and files of an object, and the forms that it can need."""
    to = subject_or_404(grant, ref)
    made = [
        (address("new", to.purpose, to.ref, each.code), label(each), cited(each.law))
        for each in forms_of(to.purpose, timezone.localdate())
    ]  # fmt: skip
    values = {
        "to": to, "papers": papers_of(grant, to), "files": files_of(grant, to), "made": made, "form": FileForm(),
        "add": address("add", to.purpose, to.ref), "place": subjects.home(grant, ref),
    }  # fmt: skip
    enter(grant, subject=to.ref, stream=to.ref, at=timezone.now())
    return private(request, "papers/object.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("paper.draft", "own")
def new_page(request: HttpRequest, grant: Grant, ref: str, code: str) -> HttpResponse:
    """A form to fill in."""
    to, made = subject_or_404(grant, ref), _form(code)
    known = subjects.known(grant, to, timezone.localdate())
    asked = PaperForm(request.POST or None, made=made, given={name: one.value for name, one in known.items()})
    asked.explain({name: one.why for name, one in known.items()})
    if request.method == "POST" and asked.is_valid():
        now, told = timezone.now(), {"values": asked.values, "absent": asked.absent}
        answer = drafting.draft(by=grant, to=to, form=made, at=now, **told)
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã lưu dự thảo. Hãy đọc lại trước khi ký."))
            return redirect(address("paper", to.purpose, answer.pk))
        asked.add_error(None, words(answer))
    back = address("object", to.purpose, to.ref)
    return private(
        request,
        "papers/form.html",
        {"form": asked, "title": label(made), "law": cited(made.law), "to": to, "back": back},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("paper.draft", "own")
def change_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A draft to be changed, or given up."""
    paper = _paper(grant, number)
    made, revision = form(paper.form), _revision(request, paper)
    given = {"given": queries.values(paper), "absent": queries.absent(paper)}
    asked = PaperForm(request.POST or None, made=made, **given)
    here = address("paper", paper.purpose, paper.pk)
    if request.POST.get("do") == "discard":
        answer = drafting.discard(by=grant, paper=paper, revision=revision, at=timezone.now())
        gone = tell(request, answer, _("Đã bỏ dự thảo."))
        return redirect(address("object", paper.purpose, paper.ref) if gone else here)
    if request.method == "POST" and asked.is_valid():
        now, told = timezone.now(), {"values": asked.values, "absent": asked.absent}
        changed = drafting.change(by=grant, paper=paper, revision=revision, at=now, **told)
        if not isinstance(changed, Refusal):
            tell(request, changed, _("Đã lưu dự thảo."))
            return redirect(here)
        asked.add_error(None, words(changed))
    values = {
        "form": asked, "title": label(made), "law": cited(made.law), "back": here, "revision": revision,
        "changing": True,
    }  # fmt: skip
    return private(request, "papers/form.html", values)


@require_safe
@guarded("paper.read", "own")
def paper_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A paper: its text, and what can be done with it."""
    paper = _paper(grant, number)
    signing = may(grant, "paper.sign") if paper.state == "draft" else None
    barred = subjects.barred(signing, paper.ref) if signing else None
    values: dict[str, Any] = {
        "paper": paper, "title": label(form(paper.form)), "facts": _facts(grant, paper), "text": _text(paper),
        "back": address("object", paper.purpose, paper.ref), "pdf": address("download", paper.purpose, paper.pk, "pdf"),
        "word": address("download", paper.purpose, paper.pk, "docx"), "barred": words(barred) if barred else "",
        "form": _sign_form(None if barred else signing),
        "lent": delegation_of(signing, timezone.localdate()) if signing else None,
        "change": address("change", paper.purpose, paper.pk) if may(grant, "paper.draft") else "",
        "sign": address("sign", paper.purpose, paper.pk), "absent": _absent(paper), **_recall(grant, paper),
        "place": subjects.home(grant, paper.ref), "of": subjects.subject(grant, paper.ref),
    }  # fmt: skip
    enter(grant, subject=f"paper:{paper.pk}", stream=paper.ref, at=timezone.now())
    return private(request, "papers/paper.html", values)


@require_http_methods(["POST"])
@guarded("paper.sign", "own")
def sign_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Sign a draft as it was read: `revision` is the one that the page showed."""
    paper, asked = _paper(grant, number), _sign_form(grant, request.POST)
    assert asked is not None, "there is a grant"
    if not asked.is_valid():
        tell(request, drafting.UNTITLED if "title" in asked.fields else UNCHOSEN, "")
        return redirect(address("paper", paper.purpose, paper.pk))
    site = request.build_absolute_uri("/").rstrip("/")
    answer = drafting.sign(
        by=grant, paper=paper, revision=_revision(request, paper), at=timezone.now(),
        signature=drafting.Signature(_name(grant.actor), site, **asked.cleaned_data),
    )  # fmt: skip
    done = "" if isinstance(answer, Refusal) else _("Đã ký, số %(number)s.") % {"number": number_of(answer)}
    tell(request, answer, done)
    return redirect(address("paper", paper.purpose, paper.pk))


@require_safe
@guarded("paper.read", "own")
def download_page(request: HttpRequest, grant: Grant, number: UUID, kind: str) -> HttpResponse:
    """A draft as Word file or PDF, marked as a draft; a signed paper as the PDF that was signed."""
    paper = _paper(grant, number)
    if kind not in ("pdf", "docx") or (kind == "docx" and paper.state == "signed") or paper.erased_on:
        raise Http404
    if paper.state == "signed":
        content = queries.pdf(paper)
    else:
        word = drafting.preview(paper, timezone.localdate())
        content = word if kind == "docx" else pdf_of(html_of(word, mark="DỰ THẢO"))
    enter(grant, subject=f"paper:{paper.pk}", stream=paper.ref, at=timezone.now(), taken=kind)
    response = HttpResponse(content, content_type=WORD if kind == "docx" else "application/pdf")
    name = paper.code or f"du-thao-{paper.form}"
    return as_file(response, f"{name}.{kind}", inline=kind == "pdf")


def _sign_form(signing: Grant | None, sent: Mapping[str, Any] | None = None) -> SignForm | DelegateForm | None:
    """As what somebody signs; whoever signs in the head's place has no choice, but a title."""
    if signing is None:
        return None
    return DelegateForm(sent) if signing.holding.in_place_of else SignForm(sent)


def _recall(grant: Grant, paper: Paper) -> dict[str, Any]:
    """That the paper was recalled, and what took its place; or the way to do it, for who may."""
    found = queries.recall_of(paper) if paper.state == "signed" else None
    if found is None:
        may_recall = paper.state == "signed" and not paper.erased_on and may(grant, "paper.recall")
        return {"recall": address("recall", paper.purpose, paper.pk) if may_recall else "", "state": paper.state}
    instead = found.replacement
    told = {"on": found.recalled_at, "reason": queries.reason_of(found)}
    if instead is not None:
        told |= {"number": number_of(instead), "url": address("paper", instead.purpose, instead.pk)}
    return {"recalled": told, "state": "recalled"}


def _name(actor: Actor) -> str:
    """The name as it is printed, without the user name behind it."""
    return actor.label.rsplit(" (", 1)[0]


def _revision(request: HttpRequest, paper: Paper) -> int:
    told = request.POST.get("revision", "")
    return int(told) if told.isdecimal() and len(told) < 9 else paper.revision


def _text(paper: Paper) -> list[str]:
    """The paragraphs of a draft; a signed paper is read as the PDF that was signed."""
    return [] if paper.state == "signed" else text_of(drafting.preview(paper, timezone.localdate())).split("\n")


def _absent(paper: Paper) -> list[tuple[str, str, str]]:
    """The fields that do not apply, why, and what the paper prints there."""
    made, told = form(paper.form), queries.absent(paper)
    return [(label(fields()[name]), why, in_its_place(made.instead(name) or "")) for name, why in told.items()]


def _facts(by: Grant, paper: Paper) -> list[Answer]:
    told = [Answer(_("Số, ký hiệu"), number_of(paper)), Answer(_("Soạn lúc"), moment(paper.made_at))]
    if paper.signed_at:
        told[1:] = [Answer(_("Ngày ký"), day(paper.signed_at)), Answer(_("Mã kiểm tra"), paper.code)]
    if paper.erased_on:
        told.append(Answer(_("Nội dung"), _("đã hủy ngày %(day)s, hết hạn lưu") % {"day": day(paper.erased_on)}))
    values = queries.values(paper)
    shown = [fields()[name] for name in values if fields()[name].kind == "day"]
    to = subjects.subject(by, paper.ref) if paper.state == "draft" else None
    known = dues.differing(by, to, values, timezone.localdate())
    days = {name: _("%(day)s (theo hồ sơ: %(known)s)") % {"day": values[name], "known": known[name]} for name in known}
    return [*told, *(Answer(label(each), days.get(each.name, values[each.name])) for each in shown)]
