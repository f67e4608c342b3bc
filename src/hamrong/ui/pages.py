"""Pages that show the design system itself: components, layouts, print sheet, errors."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.web import open_to_all
from hamrong.ui import errors, samples

THEMES: Final = ("light", "dark")
YEAR: Final = 365 * 24 * 60 * 60
ERRORS: Final[Mapping[int, Callable[[HttpRequest], HttpResponse]]] = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    411: errors.lengthless,
    405: errors.not_allowed,
    500: errors.failed,
    503: errors.unavailable,
}


@open_to_all
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/samples/gallery.html", samples.gallery(request.GET))


@open_to_all
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The desk's layout with an evening's work in it."""
    return render(request, "ui/samples/desk.html", samples.desk(request.GET))


@open_to_all
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The public layout with a form in it."""
    return render(request, "ui/samples/public.html", samples.public())


@open_to_all
@require_safe
def confirm(request: HttpRequest) -> HttpResponse:
    """The page before an act that cannot be taken back."""
    return render(request, "ui/samples/confirm.html", {"danger": True, "back_url": "#"})


@open_to_all
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """The print sheet."""
    return render(request, "ui/samples/print.html", samples.paper())


@open_to_all
@require_safe
def error(request: HttpRequest, code: int) -> HttpResponse:
    """The page of an error, answered with 200 here: nothing did go wrong."""
    if code not in ERRORS:
        raise Http404
    answer = ERRORS[code](request)
    answer.status_code = 200
    return answer


@open_to_all
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colours in a cookie (light, dark, or '' to follow the device) and go back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        # Readable by scripts: page.js changes it without a reload. It says nothing about the person.
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response
