"""Whom somebody acts for, where several people delegated one post to them: chosen once a session, changed at will."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hamrong.access.people import holdings_of
from hamrong.access.queries import names_of
from hamrong.access.web import LENDER, key_of, signed_in, undecided
from hamrong.accounts.models import Person
from hamrong.org.queries import names as unit_names
from hamrong.site.context import role_label
from hamrong.site.forms import LenderForm, Question
from hamrong.site.signin import safe_next
from hamrong.ui.answers import private


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@never_cache
def stand_in(request: HttpRequest) -> HttpResponse:
    """The question for each such post; without one there is nothing to choose."""
    asked = questions(request)
    form = LenderForm(asked, request.POST or None, initial=request.session.get(LENDER, {}))
    if not asked:
        return redirect(safe_next(request))
    if request.method == "POST" and form.is_valid():
        request.session[LENDER] = form.cleaned_data
        return redirect(safe_next(request))
    return private(request, "site/stand_in.html", {"form": form})


def questions(request: HttpRequest) -> list[Question]:
    """Posts that several people delegated to who is signed in, each with the names of those people."""
    assert isinstance(request.user, Person)
    held = holdings_of(request.user, timezone.localdate(), settings.HAMRONG_PROVINCE)
    several = undecided(held)
    who, units = names_of([one.in_place_of for one in several]), unit_names(one.scope for one in several)
    found: dict[str, Question] = {}
    for one in several:
        label = _("%(role)s, %(unit)s") % {"role": role_label(one.role), "unit": units[one.scope]}
        question = found.setdefault(key_of(one), Question(key_of(one), label, []))
        question.choices.append((one.in_place_of, who.get(one.in_place_of, "–")))
    return list(found.values())
