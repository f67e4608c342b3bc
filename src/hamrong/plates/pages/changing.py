"""Changing pools: opening one, adding series, and events by a list of numbers; each checked once more before it is."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.web import guarded
from hamrong.plates import numbers
from hamrong.plates.actions import lists as acts
from hamrong.plates.actions.pools import change, open_pool
from hamrong.plates.forms.pools import BasisForm, ListForm, OpenForm, SeriesForm
from hamrong.plates.models import Event, PoolList
from hamrong.plates.offers import Offer, offers
from hamrong.plates.pages.frame import desk_page
from hamrong.plates.pages.stock import crumbs, pool_or_404
from hamrong.plates.queries import lists, pools
from hamrong.plates.wording import colour, english, event_word, plate, pool_name, problem_word, vehicle_kind
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import number
from hamrong.ui.parts import Answer, Column, Link, Row, Table

UUID_TEXT: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_form = require_http_methods(["GET", "HEAD", "POST"])


def offered(now: datetime) -> list[Offer]:
    """What the province may issue today, by the codes of its plates."""
    today = timezone.localdate(now)
    return list(offers(pools.own_codes(today), today))


def free(offer: Offer) -> list[str]:
    """The series of an offer that are in no pool yet."""
    taken = pools.taken_series()
    return [one for one in offer.series if one not in taken]


def offer_name(offer: Offer) -> str:
    """ "ô tô, biển trắng, biển vàng"."""
    return ", ".join([vehicle_kind(offer.kind), *map(colour, offer.colours)])


@_form
@guarded("pool.change", "province")
def open_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """A new pool: first what kind of plates, then which series and why, then everything once more."""
    now = timezone.now()
    there = offered(now)
    asked = request.POST.get("offer") or request.GET.get("offer", "")
    chosen = next((one for one in there if one.key == asked), None)
    here = [Link(_("Kho biển số"), reverse("plates:stock")), Link(_("Mở kho mới"))]
    if chosen is None:
        kinds = [(one.key, offer_name(one), len(free(one))) for one in there]
        return desk_page(request, grant, "pool_kinds", kinds=kinds, crumbs=here)
    shown = {"offer": chosen.key, "offer_name": offer_name(chosen), "title": _("Mở kho mới"), "crumbs": here}

    def act(form: OpenForm) -> Event | Refusal:
        got = form.cleaned_data
        return open_pool(
            by=grant, code=got["code"], kind=chosen.kind, colours=chosen.colours, name_vi=got["name_vi"],
            name_en=got["name_en"], series=got["series"], basis=form.basis(grant.scope), at=now,
        )  # fmt: skip

    return _worked(request, grant, lambda *given: OpenForm(*given, free=free(chosen)), act, shown)


@_form
@guarded("pool.change", "province")
def add_page(request: HttpRequest, grant: Grant, pool: str) -> HttpResponse:
    """Whole series added to a pool."""
    now, found = timezone.now(), pool_or_404(pool)
    offer = next((one for one in offered(now) if one.kind == found.kind and one.colours[0] in found.colours), None)
    left = free(offer) if offer else []
    shown = {
        "offer": "", "offer_name": pool_name(found), "title": _("Thêm sê-ri vào kho"),
        "crumbs": crumbs(found, _("Thêm sê-ri")),
    }  # fmt: skip

    def act(form: SeriesForm) -> Event | Refusal:
        runs = numbers.whole(form.cleaned_data["series"])
        return change(by=grant, pool=pool, type="pool.add", runs=runs, basis=form.basis(grant.scope), at=now)

    return _worked(request, grant, lambda *given: SeriesForm(*given, free=left), act, shown)


def _worked(
    request: HttpRequest, grant: Grant, new: Callable[..., Any], act: Callable[[Any], Event | Refusal],
    shown: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """The form, its answers once more, and the act itself, by what its buttons say."""
    do = request.POST.get("do", "")
    form = new(request.POST) if request.method == "POST" else new()
    if request.method != "POST" or do == "edit" or not form.is_valid():
        return desk_page(request, grant, "pool_form", form=form, **shown)
    if do != "confirm":
        return desk_page(request, grant, "pool_check", answers=_answers(form), carried=form.carried(), **shown)
    answer = act(form)
    if isinstance(answer, Refusal):
        form.add_error(None, words(answer))
        return desk_page(request, grant, "pool_form", form=form, **shown)
    tell(request, answer, _("Đã ghi vào sổ công khai."))
    return redirect("plates:stock_pool", pool=answer.pool)


def _answers(form: SeriesForm) -> list[Answer]:
    got = form.cleaned_data
    count = numbers.count(numbers.whole(got["series"]))
    named = [("code", _("Mã kho")), ("name_vi", _("Tên kho bằng tiếng Việt")), ("name_en", _("Tên kho bằng tiếng Anh"))]
    return [
        *(Answer(label, got[name]) for name, label in named if name in got),
        Answer(_("Sê-ri"), ", ".join(got["series"])),
        Answer(_("Số lượng"), count),
        *_basis_answers(form),
    ]


def _basis_answers(form: BasisForm) -> list[Answer]:
    got = form.cleaned_data
    return [
        Answer(_("Căn cứ pháp lý"), got["law"]), Answer(_("Quyết định"), got["document"]),
        Answer(_("Có hiệu lực từ ngày"), got["on"]), Answer(_("Nói thêm cho người dân"), got["note"]),
    ]  # fmt: skip


@_form
@guarded("pool.change", "province")
def list_new(request: HttpRequest, grant: Grant, pool: str) -> HttpResponse:
    """An event by a list of numbers: what is to happen, the list, and why."""
    found = pool_or_404(pool)
    form = (
        ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm(initial=_asked(request, grant))
    )
    if request.method == "POST" and form.is_valid():
        data, name = form.data_sent
        answer = acts.take_in(
            by=grant, pool=pool, type=form.cleaned_data["type"], data=data, file_name=name,
            basis=form.basis(grant.scope), at=timezone.now(),
        )  # fmt: skip
        if not isinstance(answer, Refusal):
            earlier = _earlier(request, grant)
            if earlier and (earlier.state == "refused" or earlier.unfit):
                acts.drop(by=grant, identifier=earlier.pk, at=timezone.now())
            return redirect("plates:list", pool=pool, number_list=answer.pk)
        form.add_error(None, words(answer))
    return desk_page(request, grant, "list_form", form=form, pool=found, crumbs=crumbs(found, _("Việc theo danh sách")))


def _earlier(request: HttpRequest, grant: Grant) -> PoolList | None:
    """The list that this one takes the place of."""
    told = UUID_TEXT.fullmatch(request.GET.get("like", ""))
    return lists.one(grant, UUID(told[0])) if told else None


def _asked(request: HttpRequest, grant: Grant) -> dict[str, object]:
    """What the form begins with: the kind of event, or all that was told with an earlier list, which was not right."""
    kept = _earlier(request, grant)
    if kept is None:
        return {"type": request.GET.get("type", "")}
    return {"type": kept.type, "law": kept.basis, "document": kept.document, "on": kept.on, "note": kept.note}


@require_safe
@guarded("pool.change", "province")
def list_page(request: HttpRequest, grant: Grant, pool: str, number_list: UUID) -> HttpResponse:
    """A list as it stands: how far it is read, what it holds and what is wrong with it, or what became of it."""
    found, kept = pool_or_404(pool), _list(grant, pool, number_list)
    refusal = kept.refusal.get("en" if english() else "vi", "")
    goes_on = kept.state in {"reading", "applying"}
    if request.headers.get("HX-Request") and not goes_on:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if kept.state == "done":
        return redirect("plates:stock_pool", pool=pool)
    return desk_page(
        request, grant, "list_progress" if goes_on else "list_check", pool=found, kept=kept, refusal=refusal,
        crumbs=crumbs(found, event_word(kept.type)), answers=_list_answers(kept), problems=_problems(kept),
        by_series=_by_series(kept), unfit_first=[plate(one, found.kind) for one in kept.unfit_first],
    )  # fmt: skip


def _list(grant: Grant, pool: str, identifier: UUID) -> PoolList:
    kept = lists.one(grant, identifier)
    if kept is None or kept.pool != pool:
        raise Http404
    return kept


def _list_answers(kept: PoolList) -> list[Answer]:
    return [
        Answer(_("Việc"), event_word(kept.type)),
        Answer(_("Số lượng"), kept.count),
        *([Answer(_("Ghi lặp lại, chỉ tính một lần"), kept.repeated)] if kept.repeated else []),
        *([Answer(_("Tệp"), kept.file_name)] if kept.file_name else []),
        Answer(_("Căn cứ pháp lý"), kept.basis), Answer(_("Quyết định"), kept.document),
        Answer(_("Có hiệu lực từ ngày"), kept.on), Answer(_("Nói thêm cho người dân"), kept.note),
    ]  # fmt: skip


def _problems(kept: PoolList) -> Table:
    rows: Sequence[Row] = [Row([number(line), text, problem_word(why)]) for line, text, why in kept.problems[:20]]
    columns = [Column(_("Dòng"), "number"), Column(_("Nội dung")), Column(_("Vì sao"))]
    return Table(_("Những dòng đầu tiên không đọc được"), columns, rows, name="problems")


def _by_series(kept: PoolList) -> Table:
    rows = [Row([name, count]) for name, count in sorted(kept.by_series.items())]
    columns = [Column(_("Sê-ri"), "code"), Column(_("Số lượng"), "number")]
    return Table(_("Theo sê-ri"), columns, rows, cards=False, name="by-series")


@require_POST
@guarded("pool.change", "province")
def list_confirm(request: HttpRequest, grant: Grant, pool: str, number_list: UUID) -> HttpResponse:
    """Apply a list. Lines that could not be read must be seen before."""
    kept = _list(grant, pool, number_list)
    if kept.wrong and "seen" not in request.POST:
        messages.error(request, _("Hãy xem các dòng không đọc được rồi đánh dấu là bỏ qua chúng."))
        return redirect("plates:list", pool=pool, number_list=number_list)
    answer = acts.confirm(by=grant, identifier=number_list, at=timezone.now())
    if isinstance(answer, Refusal):
        messages.error(request, words(answer))
    elif kept.state == "done":
        messages.info(request, _("Danh sách này đã được ghi từ trước. Lần này không ghi gì thêm."))
    elif answer.state == "done":
        messages.success(request, _("Đã ghi vào sổ công khai."))
    return redirect("plates:list", pool=pool, number_list=number_list)


@require_POST
@guarded("pool.change", "province")
def list_drop(request: HttpRequest, grant: Grant, pool: str, number_list: UUID) -> HttpResponse:
    """Give a list up; the pool stays as it is."""
    answer = acts.drop(by=grant, identifier=number_list, at=timezone.now())
    tell(request, answer, _("Đã bỏ danh sách. Kho không thay đổi."))
    return redirect("plates:stock_pool", pool=pool)
