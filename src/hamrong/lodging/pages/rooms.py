"""The rooms of an establishment, kept by its manager, and the card for its front desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.lodging.actions.establishments import set_rooms
from hamrong.lodging.forms.rooms import RoomsForm
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.papers import card_paper
from hamrong.lodging.queries import hosts
from hamrong.ui.answers import as_file, words


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("place.rooms", "establishment")
def rooms(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """The list of rooms; `do` is `add` (many at once) or `remove` (those ticked)."""
    present = {room.name: room.beds for room in hosts.rooms(grant)}
    form = RoomsForm(request.POST if request.POST.get("do") == "add" else None)
    if request.method == "POST" and request.POST.get("do") == "remove":
        gone = set(request.POST.getlist("room"))
        return _kept(request, grant, establishment, {name: beds for name, beds in present.items() if name not in gone})
    if form.is_bound and form.is_valid():
        added = {name: form.cleaned_data["beds"] for name in form.cleaned_data["names"]}
        return _kept(request, grant, establishment, present | added)
    return host_page(request, grant, hosts.own(grant), "rooms", here="rooms", form=form, rooms=hosts.rooms(grant))


def _kept(request: HttpRequest, grant: Grant, establishment: str, wanted: dict[str, int]) -> HttpResponse:
    answer = set_rooms(by=grant, code=establishment, rooms=sorted(wanted.items()), at=timezone.now())
    if isinstance(answer, Refusal):
        messages.error(request, words(answer))
    else:
        said = ngettext("Cơ sở có %(n)d phòng.", "Cơ sở có %(n)d phòng.", len(wanted)) % {"n": len(wanted)}
        messages.success(request, _("Đã lưu danh sách phòng.") + " " + said)
    return redirect("lodging:rooms", establishment=establishment)


@require_safe
@guarded("place.read", "establishment")
def card(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """The card for the front desk: a QR code that leads to the page where staff report guests."""
    place = hosts.own(grant)
    address = request.build_absolute_uri(reverse("lodging:new_guest", kwargs={"establishment": establishment}))

    pdf = card_paper(place=place, address=address, printed=place.applied_at)
    return as_file(HttpResponse(pdf, content_type="application/pdf"), f"{establishment}.pdf", inline=True)
