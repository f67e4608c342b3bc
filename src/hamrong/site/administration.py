"""Administering accounts: people, their posts, one-time codes. Whoever does it sees no case and no guest."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamrong.access import actions, queries
from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.roles import roles
from hamrong.access.web import guarded
from hamrong.accounts.enrolment import open_for
from hamrong.accounts.factors import has_second_factor
from hamrong.accounts.models import Person, Post
from hamrong.sealed.policy import splitting
from hamrong.site.context import role_label
from hamrong.site.forms import AppointForm, CodeForm, EndForm, NumberForm, PersonForm, ReasonForm
from hamrong.site.pages import is_first, new_once
from hamrong.ui.answers import private, tell, words
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Cell, Column, Row, Table

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@guarded("person.read", "province")
def people(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Everybody who can sign in, found by name without diacritics or by user name."""
    looked_for = request.GET.get("q", "").strip()
    page = portion(queries.search(grant, looked_for), "name_order", request.GET)
    today = timezone.localdate()
    held = _posts_today(grant, [person.pk for person in page.rows], today)
    rows = [
        Row(
            [
                Cell(person.full_name, note=person.username),
                ", ".join(held.get(person.pk, [])) or "–",
                Cell("", state="active" if person.is_active else "suspended"),
            ],
            reverse("person", kwargs={"number": person.pk}),
        )
        for person in page.rows
    ]
    table = Table(
        _("Người dùng"), [Column(_("Họ tên")), Column(_("Chức trách hôm nay")), Column(_("Tình trạng"))], rows,
        empty=_("Không tìm thấy ai"), empty_hint=_("Thử một phần của họ tên, không cần dấu."), pager=page.pager,
    )  # fmt: skip
    enter(grant, subject="people", at=timezone.now(), looked_for=looked_for, shown=len(rows))
    values = {"table": table, "looked_for": looked_for, "vacant": [] if request.GET else _vacant(grant, today)}
    return private(request, "site/people.html", {**values, "needed": splitting().needed})


def _vacant(grant: Grant, today: date) -> list[str]:
    """What the posts of officers are called that nobody holds anywhere: in a new house, what is to be filled next."""
    held = set(queries.posts(grant).filter(queries.in_force(today)).values_list("role", flat=True))
    return [
        role_label(role.code)
        for role in roles().values()
        if role.by == "person" and role.scope in ("ward", "province") and role.code not in held
    ]


def _posts_today(grant: Grant, numbers: list[UUID], today: Any) -> dict[UUID, list[str]]:
    held: dict[UUID, list[str]] = {}
    for post in queries.posts(grant).filter(queries.in_force(today), person__in=numbers).order_by("starts_on"):
        held.setdefault(post.person_id, []).append(f"{role_label(post.role)}, {place_of(post)}")
    return held


def place_of(post: Post) -> str:
    """Where a post is, in words."""
    return post.unit.name if post.unit else str(post.establishment)


@form_page
@guarded("person.create", "province")
def new_person(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Somebody new; the next page is theirs, where a post and a one-time code are given."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer = actions.create_person(
            by=grant, username=given["username"], full_name=given["full_name"], password=None, at=timezone.now(),
            service_number=given["service_number"],
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            return redirect("person", number=answer.pk)
        form.add_error(_field_of(answer), words(answer))
    return private(request, "site/new_person.html", {"form": form})


def _field_of(problem: Refusal) -> str | None:
    """The field of the form that a refusal speaks of."""
    if problem in (actions.NOT_A_NUMBER, actions.ANOTHERS):
        return "service_number"
    return "username" if problem.reason == "conflict" else None


@require_POST
@guarded("person.number", "province")
def number_person(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Give an officer's service number."""
    found = _find(grant, number)
    form = NumberForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data["service_number"]
        answer = actions.number_person(by=grant, person=found, service_number=given, at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã ghi số hiệu."))
            return redirect("person", number=found.pk)
        form.add_error("service_number", words(answer))
    return _person_page(request, grant, found, number_form=form)


@require_safe
@guarded("person.read", "province")
def person(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """One person: posts past and present, whether they can sign in, and what can be done about it."""
    found = _find(grant, number)
    enter(grant, subject=f"person:{found.pk}", at=timezone.now())
    return _person_page(request, grant, found)


def _find(grant: Grant, number: UUID) -> Person:
    found = queries.people(grant).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _person_page(
    request: HttpRequest, grant: Grant, found: Person, *, form: AppointForm | None = None,
    number_form: NumberForm | None = None, end: EndForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate()
    posts = queries.posts(grant).filter(person=found).order_by("-starts_on", "-id")
    open_ = [post for post in posts if _open(post, today)]
    ends = [end if end and end.prefix == str(post.pk) else EndForm(post=post.pk, today=today) for post in open_]
    values = {
        "person": found,
        "posts": [(post, role_label(post.role), place_of(post), one) for post, one in zip(open_, ends, strict=True)],
        "table": _history(posts),
        "enrolment": open_for(found),
        "second": has_second_factor(found),
        "form": form or AppointForm(today=today),
        "number_form": number_form or NumberForm(),
        "ends": ends,
        "code_form": CodeForm(),
        "reason_form": ReasonForm(),
        "once": new_once(),
        "now": timezone.now(),
    }
    return private(request, "site/person.html", values, status)


def _history(posts: Iterable[Post]) -> Table:
    rows = [
        Row([role_label(post.role), place_of(post), post.starts_on, post.ends_on or _("nay"), post.ordered_by])
        for post in posts
    ]
    columns = [
        Column(_("Chức trách")), Column(_("Nơi")), Column(_("Từ ngày"), "day"), Column(_("Đến ngày"), "day"),
        Column(_("Theo quyết định")),
    ]  # fmt: skip
    return Table(
        _("Các chức trách trước và nay"), columns, rows, empty=_("Chưa được giao chức trách nào"), caption_seen=False
    )


def _open(post: Post, today: Any) -> bool:
    return post.ends_on is None or post.ends_on > today


@require_POST
@guarded("post.appoint", "province")
def appoint(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Give somebody a post."""
    found = _find(grant, number)
    form = AppointForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _person_page(request, grant, found, form=form)
    given = form.cleaned_data
    answer = actions.appoint(
        by=grant, person=found, role=given["role"], scope=form.scope(), starts_on=given["starts_on"],
        ordered_by=given["ordered_by"], at=timezone.now(),
    )  # fmt: skip
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return _person_page(request, grant, found, form=form)
    tell(request, answer, _("Đã giao chức trách."))
    return redirect("person", number=found.pk)


@require_POST
@guarded("post.end", "province")
def end_post(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """End a post on a day."""
    post = queries.posts(grant).filter(pk=number).first()
    if post is None:
        raise Http404
    form = EndForm(request.POST, post=post.pk, today=timezone.localdate())
    if form.is_valid():
        answer = actions.end_post(by=grant, post=post, ends_on=form.cleaned_data["ends_on"], at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Chức trách đã có ngày kết thúc."))
            return redirect("person", number=post.person_id)
        form.add_error("ends_on", words(answer))
    return _person_page(request, grant, _find(grant, post.person_id), end=form)


@require_POST
@guarded("person.suspend", "province")
def suspend(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Lock somebody out, or let them in again."""
    found = _find(grant, number)
    reason = request.POST.get("reason", "")[:200]
    active = request.POST.get("active") == "yes"
    answer = actions.suspend_person(by=grant, person=found, active=active, reason=reason, at=timezone.now())
    tell(request, answer, _("Tài khoản đã mở lại.") if active else _("Tài khoản đã bị khóa."))
    return redirect("person", number=found.pk)


@require_POST
@guarded("person.enrol", "province")
def give_code(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A one-time code, shown on this page only."""
    found = _find(grant, number)
    if not is_first(request):
        return redirect("person", number=found.pk)
    form = CodeForm(request.POST)
    drops = form.is_valid() and form.cleaned_data["drops_factors"]
    answer = actions.give_code(by=grant, person=found, at=timezone.now(), drops_factors=drops)
    if isinstance(answer, Refusal):
        tell(request, answer, "")
        return redirect("person", number=found.pk)
    enrolment, code = answer
    back = reverse("person", kwargs={"number": found.pk})
    return private(request, "site/code.html", {"person": found, "code": code, "enrolment": enrolment, "back": back})
