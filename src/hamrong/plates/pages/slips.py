"""The slip on paper, for the office and for the owner, and the receipt as a file, for anybody."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.access.web import guarded, open_to_all
from hamrong.kernel.codes import read_code
from hamrong.org.queries import unit
from hamrong.plates.actions.files import TICKET
from hamrong.plates.actions.slips import print_slip
from hamrong.plates.models import Draw
from hamrong.plates.pages.owner import NOBODY, owner
from hamrong.plates.papers import slip_paper
from hamrong.plates.queries import owners, pools
from hamrong.plates.queries.receipts import of_draw
from hamrong.plates.receipts import to_file
from hamrong.ui.answers import as_file, words


@require_safe
@guarded("plate.print", "ward")
def slip(request: HttpRequest, grant: Grant, ward: str, draw: UUID) -> HttpResponse:
    """The slip that the office prints; each time is counted and on record."""
    answer = print_slip(by=grant, draw=draw, at=timezone.now())
    if isinstance(answer, Refusal):
        messages.error(request, words(answer))
        return redirect("plates:file", ward=ward, draw=draw)
    return _paper(request, answer)


@require_safe
@open_to_all
def own_slip(request: HttpRequest, ticket: str) -> HttpResponse:
    """The same slip for whoever holds the ticket."""
    grant = owner(read_code(TICKET, ticket) or NOBODY, "plate.follow")
    with acting(grant):
        draw = owners.mine(grant)
        if draw is None or draw.state != "drawn":
            return redirect("plates:press", ticket=ticket)
        enter(grant, subject=f"plates-draw:{draw.pk}", at=timezone.now(), paper=True)
    return _paper(request, draw)


def _paper(request: HttpRequest, draw: Draw) -> HttpResponse:
    pool, receipt, office = pools.pool(draw.pool), of_draw(draw.pool, draw.seq or 0), unit(draw.ward)
    assert pool and receipt, "what is drawn has a pool and a receipt"
    name = office.name if office else draw.ward
    address = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(
        slip_paper(draw, pool, receipt, office=name, address=address), content_type="application/pdf"
    )
    return as_file(response, f"{draw.number}.pdf", inline=True)


@require_safe
@open_to_all
def receipt_file(request: HttpRequest, pool: str, seq: int) -> HttpResponse:
    """The receipt of a place in a pool, as it verifies without us: put together from the public log alone."""
    receipt = of_draw(pool, seq)
    if receipt is None:
        raise Http404
    response = HttpResponse(to_file(receipt), content_type="application/json")
    return as_file(response, f"{pool}-{seq}.plate.json", public=True)
