"""What the manager of an establishment administers: its own people, and the keys of its software."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamrong.access import actions, queries
from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.accounts.models import MachineKey, Post
from hamrong.site.context import role_label
from hamrong.site.forms import KeyForm, PersonForm
from hamrong.site.pages import is_first, new_once
from hamrong.ui.answers import private, tell, words

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@guarded("clerk.read", "establishment")
def people(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Who works here, and since when."""
    today = timezone.localdate()
    posts = queries.posts(grant).filter(queries.in_force(today)).order_by("person__name_order", "id")
    values = {
        "establishment": establishment,
        "posts": [(post, role_label(post.role), post.ends_on is None) for post in posts],
        "once": new_once(),
    }
    return private(request, "site/establishment_people.html", values)


@form_page
@guarded("clerk.invite", "establishment")
def invite(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """A new clerk, and the one-time code to hand over."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer = actions.invite_clerk(
            by=grant, username=given["username"], full_name=given["full_name"], today=timezone.localdate(),
            at=timezone.now(),
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            person, code = answer
            back = reverse("establishment_people", kwargs={"establishment": establishment})
            return private(request, "site/code.html", {"person": person, "code": code, "back": back})
        form.add_error("username" if answer.reason == "conflict" else None, words(answer))
    return private(request, "site/invite.html", {"form": form, "establishment": establishment})


@require_POST
@guarded("clerk.enrol", "establishment")
def give_code(request: HttpRequest, grant: Grant, establishment: str, number: UUID) -> HttpResponse:
    """A new one-time code for somebody who forgot the password."""
    back = reverse("establishment_people", kwargs={"establishment": establishment})
    post = _post(grant, number)
    if not is_first(request):
        return redirect(back)
    answer = actions.give_code(by=grant, person=post.person, at=timezone.now(), drops_factors=True)
    if isinstance(answer, Refusal):
        tell(request, answer, "")
        return redirect(back)
    return private(request, "site/code.html", {"person": post.person, "code": answer[1], "back": back})


@require_POST
@guarded("clerk.end", "establishment")
def end_post(request: HttpRequest, grant: Grant, establishment: str, number: UUID) -> HttpResponse:
    """Somebody does not work here any more, from now on."""
    answer = actions.end_post(by=grant, post=_post(grant, number), ends_on=timezone.localdate(), at=timezone.now())
    tell(request, answer, _("Người này không còn vào được cơ sở nữa."))
    return redirect("establishment_people", establishment=establishment)


def _post(grant: Grant, number: UUID) -> Post:
    """A clerk's post here; a manager's own post is not the manager's to end."""
    found = queries.posts(grant).filter(pk=number, role="host-clerk").first()
    if found is None:
        raise Http404
    return found


@require_safe
@guarded("key.read", "establishment")
def keys(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """The keys of the establishment's software, live ones first; never the keys themselves."""
    now = timezone.now()
    issued = queries.keys(grant).filter(establishment=establishment).order_by("-created_at")
    live = set(issued.filter(queries.live(now)).values_list("pk", flat=True))
    values = {
        "establishment": establishment,
        "live": [key for key in issued if key.pk in live],
        "ended": [key for key in issued if key.pk not in live][:20],
        "form": KeyForm(),
        "once": new_once(),
    }
    return private(request, "site/keys.html", values)


@require_POST
@guarded("key.issue", "establishment")
def issue_key(request: HttpRequest, grant: Grant, establishment: str, number: str = "") -> HttpResponse:
    """A new key, shown on this page only; with `number` it replaces that one, which goes on for two weeks."""
    if not is_first(request):
        return redirect("establishment_keys", establishment=establishment)
    replaced = _key(grant, establishment, number) if number else None
    label = replaced.label if replaced else request.POST.get("label", "")[:80]
    key, shown = actions.issue_key(
        by=grant, establishment=establishment, label=label, at=timezone.now(), replaces=replaced
    )
    values = {"establishment": establishment, "key": key, "shown": shown, "replaced": replaced}
    return private(request, "site/key.html", values)


@require_POST
@guarded("key.revoke", "establishment")
def revoke_key(request: HttpRequest, grant: Grant, establishment: str, number: str) -> HttpResponse:
    """End a key at once."""
    answer = actions.revoke_key(by=grant, key=_key(grant, establishment, number), at=timezone.now())
    tell(request, answer, _("Khóa đã bị thu hồi. Phần mềm dùng khóa này không vào được nữa."))
    return redirect("establishment_keys", establishment=establishment)


def _key(grant: Grant, establishment: str, number: str) -> MachineKey:
    found = queries.keys(grant).filter(pk=number, establishment=establishment).first()
    if found is None:
        raise Http404
    return found
