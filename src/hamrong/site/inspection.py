"""Inspecting the record of audit: who did what, to what, for which purpose; looking at it is an act on record too."""

import csv
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from io import StringIO
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.queries import actors_like, names_of
from hamrong.access.web import guarded
from hamrong.audit import queries
from hamrong.audit.logs import proof_of, proved
from hamrong.audit.models import Entry
from hamrong.audit.queries import Filter
from hamrong.site.context import act_label, purpose_label
from hamrong.site.forms import EntryFilter
from hamrong.ui.answers import as_file, private
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Answer, Cell, Column, Row, Table

MOST = 50_000
"""Entries that one file holds; a longer span is taken out in parts."""

NAMESAKES = 20
"""People that a name in the filter may mean at once; a name of more has to be written out further."""

LONG = 34
"""Characters of a reference that the list shows; of longer ones it shows both ends."""

FIELDS = ("at", "type", "actor", "subject", "purpose", "unit", "stream", "stream_seq", "id", "leaf_hash")


def wanted(form: EntryFilter, people: Collection[str] | None) -> Filter:
    """The filter that the address asks for; a wrong day filters nothing out and is shown beside its field.

    Of more than `NAMESAKES` people none is meant: the inspector has to say more.
    """
    if not form.is_valid():
        return Filter()
    given = form.cleaned_data
    since, until = form.span()
    actors = None if people is None else [*people] if len(people) <= NAMESAKES else []
    return Filter(actors, given["type"], given["subject"], given["purpose"], since, until)


def meant(form: EntryFilter) -> dict[str, str] | None:
    """Whom "who" may mean: reference → name; None where it is not asked.

    A text with a colon is a reference as it stands (`person:…`, `key:…`); any other a name, a user name, a unit's code.
    """
    text = form.cleaned_data.get("actor", "").strip() if form.is_valid() else ""
    if not text:
        return None
    return {text: text} if ":" in text else actors_like(text, NAMESAKES + 1)


@require_safe
@guarded("audit.read", "province", purpose="inspection")
def entries(request: HttpRequest, grant: Grant) -> HttpResponse:
    """The record, the latest entries first."""
    form = EntryFilter(request.GET)
    people = meant(form)
    page = portion(queries.entries(wanted(form, people)), "at", request.GET, descending=True)
    enter(grant, subject="audit", at=timezone.now(), looked_for=_looked_for(form))
    columns = [
        Column(_("Lúc"), "day"),
        Column(_("Việc")),
        Column(_("Ai")),
        Column(_("Đối tượng")),
        Column(_("Mục đích")),
    ]
    table = Table(
        _("Nhật ký"), columns, _rows(page.rows), empty=_("Không có mục nào"),
        empty_hint=_hint(people), pager=page.pager,
    )  # fmt: skip
    named = [(name, _address("inspection", request, actor=one)) for one, name in (people or {}).items() if name != one]
    values = {"form": form, "table": table, "export": _address("inspection_export", request), "people": named}
    return private(request, "site/entries.html", values | {"many": len(named) > NAMESAKES})


def _hint(people: Mapping[str, str] | None) -> str:
    if people is None or people:
        return _("Bỏ bớt điều kiện lọc.")
    return _("Không ai có họ tên, tên đăng nhập hay mã đơn vị như vậy. Viết ít chữ hơn, hoặc để trống ô “Ai”.")


def _looked_for(form: EntryFilter) -> dict[str, str]:
    return {name: value for name, value in form.data.items() if name in form.fields and value}


def _rows(found: Sequence[Entry]) -> list[Row]:
    """A row for each entry, short enough to be looked over; its own page has every reference in full."""
    names = names_of({each for entry in found for each in (entry.actor, entry.subject)})

    def named(reference: str) -> str:
        return names.get(reference) or _shortened(reference)

    return [
        Row(
            [
                instant(entry.at), Cell(act_label(entry.type), note=f"{entry.type} {entry.unit}".strip()),
                named(entry.actor), named(entry.subject), purpose_label(entry.purpose),
            ],
            reverse("entry", kwargs={"number": entry.pk}),
        )
        for entry in found
    ]  # fmt: skip


def _shortened(reference: str) -> str:
    return reference if len(reference) <= LONG else f"{reference[: LONG - 7]}…{reference[-6:]}"


def instant(at: datetime) -> str:
    """An instant to the second: acts of one minute have an order."""
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M:%S}"


def _address(page: str, request: HttpRequest, **other: str) -> str:
    """The address of a page with the filters of this one, from its beginning."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in other.items():
        query[name] = value
    return f"{reverse(page)}?{query.urlencode()}"


@require_safe
@guarded("audit.open", "province")
def entry(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """One entry with its details and its neighbours in the chain; opening it is on record."""
    found = queries.entry(number)
    if found is None:
        raise Http404
    enter(grant, subject=f"entry:{found.pk}", at=timezone.now())
    told = queries.details(found)
    before, after = queries.neighbours(found)
    values = {
        "entry": found,
        "proved": proved(found.pk) is not None,
        "answers": _answers(found),
        "details": sorted(json.loads(told).items()) if told else None,
        "before": before,
        "before_word": act_label(before.type) if before else "",
        "after": after,
        "after_word": act_label(after.type) if after else "",
    }
    return private(request, "site/entry.html", values)


@require_safe
@guarded("audit.open", "province")
def proof(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The proof that an entry is in the log (C2SP tlog-proof), for whoever checks without us."""
    return _proved(grant, number, f"{number}.tlog-proof")


@require_safe
@guarded("audit.open", "province")
def content(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The bytes of an entry as the log has them, without personal details."""
    return _proved(grant, number, f"{number}.entry")


def _proved(grant: Grant, number: UUID, name: str) -> HttpResponse:
    found = proof_of(number)
    if found is None:
        raise Http404
    enter(grant, subject=f"entry:{number}", at=timezone.now(), taken=name)
    entry, told = found
    response = HttpResponse(told if name.endswith("proof") else entry, content_type="application/octet-stream")
    return as_file(response, name)


def _answers(entry: Entry) -> list[Answer]:
    names = names_of({entry.actor, entry.subject})
    return [
        Answer(_("Lúc"), instant(entry.at)),
        Answer(_("Việc"), f"{act_label(entry.type)} ({entry.type})"),
        Answer(_("Ai"), " · ".join(filter(None, [names.get(entry.actor), entry.actor]))),
        Answer(_("Đối tượng"), " · ".join(filter(None, [names.get(entry.subject), entry.subject]))),
        Answer(_("Mục đích"), purpose_label(entry.purpose)),
        Answer(_("Phạm vi"), entry.unit),
        Answer(_("Chuỗi"), f"{entry.stream} #{entry.stream_seq}"),
        Answer(_("Mã băm"), bytes(entry.leaf_hash).hex()),
        Answer(_("Mã băm liền trước"), bytes(entry.prev).hex()),
        Answer(_("Cam kết"), bytes(entry.commit).hex()),
    ]


@require_safe
@guarded("audit.export", "province", purpose="inspection")
def export(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the filters leave, as CSV without details; the taking out is on record."""
    form = EntryFilter(request.GET)
    found = queries.entries(wanted(form, meant(form))).values_list(*FIELDS)[: MOST + 1]
    rows = list(found)
    enter(grant, subject="audit", at=timezone.now(), looked_for=_looked_for(form), taken=min(len(rows), MOST))
    sheet = StringIO()
    sheet.write("\ufeff")  # Excel takes a file without it for the code page of the machine
    writer = csv.writer(sheet)
    writer.writerow(FIELDS)
    writer.writerows(_line(row) for row in rows[:MOST])
    return as_file(HttpResponse(sheet.getvalue(), content_type="text/csv; charset=utf-8"), "audit.csv")


def _line(row: tuple[object, ...]) -> list[str]:
    """A line of the file; a text that a spreadsheet would take for a formula is quoted with an apostrophe."""
    at, *rest, leaf = row
    texts = [f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", *(str(value) for value in rest), bytes(leaf).hex()]  # type: ignore[call-overload]
    return [f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text for text in texts]
