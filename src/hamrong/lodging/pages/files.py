"""Guests by file: upload, columns, a trial of every row, handing in, progress, results row by row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.lodging.actions import batches as acts
from hamrong.lodging.actions.intake import place_to_notify
from hamrong.lodging.circumstances import OTHER
from hamrong.lodging.forms.files import ColumnsForm, UploadForm
from hamrong.lodging.forms.guest import choices_of, said
from hamrong.lodging.originals import open_source
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.pages.shown import local, moment
from hamrong.lodging.pages.stays import SPREADSHEET
from hamrong.lodging.queries import batches, hosts
from hamrong.lodging.queries.hosts import Batch
from hamrong.lodging.results import FAULTY, OUTCOMES, RowResult
from hamrong.lodging.workbooks import FileRefused, annotate, template
from hamrong.lodging.workbooks import Table as Sheet
from hamrong.ui.answers import as_file, tell, words
from hamrong.ui.formats import number
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Cell, Column, Link, Pager, Row, Stat, Table

ENCODING: Final = "file.encoding"
SEVERITIES: Final = {"error": "bad", "warning": "warn", "info": "info"}
RECENT: Final = 20
SHOWN: Final = 100
ALL: Final = 1_000_000
FAULTY_ROWS, ALL_ROWS = "faulty", "all"
STATES: Final = {"accepted_with_warnings": "warned"}
TONES: Final = {"accepted": "good", "accepted_with_warnings": "warn", "rejected": "bad", "held": "warn"}


@require_safe
@guarded("batch.read", "establishment")
def files(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Where a file is uploaded, and what became of the last ones."""
    return _list(request, grant, UploadForm())


def _list(request: HttpRequest, grant: Grant, form: UploadForm) -> HttpResponse:
    place = hosts.own(grant)
    page = portion(batches.recent(grant, place.code), "received_at", request.GET, descending=True, size=RECENT)
    enter(grant, subject=f"establishment:{place.code}", at=timezone.now(), files=len(page.rows))
    return host_page(request, grant, place, "files", here="files", form=form, batches=page.rows, pager=page.pager)


@require_POST
@guarded("batch.submit", "establishment")
def upload(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """Keep a file and go on to its columns."""
    place, form = place_to_notify(grant, establishment), UploadForm(request.POST, request.FILES)
    if isinstance(place, Refusal):
        messages.error(request, words(place))
        return redirect("lodging:files", establishment=establishment)
    if not form.is_valid():
        return _list(request, grant, form)
    sent = form.cleaned_data["file"]
    answer = acts.prepare(by=grant, place=place, data=sent.read(), file_name=sent.name, at=timezone.now())
    if isinstance(answer, FileRefused):
        form.add_error("file", refused(answer))
        return _list(request, grant, form)
    return redirect("lodging:file", establishment=establishment, batch=answer.pk)


def refused(answer: FileRefused) -> str:
    """Why a file is not read, in the reader's language, and what to do."""
    if (get_language() or "vi").startswith("en"):
        return f"{answer.message_en} {answer.hint_en}".strip()
    return f"{answer.message_vi} {answer.hint_vi}".strip()


def _batch(grant: Grant, identifier: UUID) -> Batch:
    found = batches.find(grant, identifier)
    if found is None:
        raise Http404
    return found


@require_safe
@guarded("batch.read", "establishment")
def file(request: HttpRequest, grant: Grant, establishment: str, batch: UUID) -> HttpResponse:
    """A file as it stands: its columns to confirm, how far it is, or what became of its rows."""
    row = _batch(grant, batch)
    enter(grant, subject=f"batch:{row.pk}", at=timezone.now(), state=row.state)
    asks = row.state == "mapping" or (row.mode == "validate" and "columns" in request.GET)
    if asks and row.channel == "file":
        return _columns(request, grant, row)
    if row.state in {"queued", "running"}:
        return host_page(request, grant, hosts.own(grant), "file_progress", here="files", batch=row)
    return _results(request, grant, row)


def _columns(request: HttpRequest, grant: Grant, row: Batch) -> HttpResponse:
    table = batches.preview(row)
    if isinstance(table, FileRefused):
        messages.error(request, refused(table))
        return redirect("lodging:files", establishment=grant.scope)
    return _columns_page(
        request, grant, row, table, ColumnsForm(columns=table.columns, mapping=row.mapping or {}, reason=row.reason)
    )


def _columns_page(request: HttpRequest, grant: Grant, row: Batch, table: Sheet, form: ColumnsForm) -> HttpResponse:
    asked = [bound for bound in form if bound.name != "reason"]
    return host_page(
        request,
        grant,
        hosts.own(grant),
        "file_columns",
        here="files",
        batch=row,
        form=form,
        reasons=[name for code, name in choices_of("reasons", local(timezone.now()).date()) if code != OTHER],
        found=[bound for bound in asked if bound.value()],
        others=[bound for bound in asked if not bound.value()],
        table=table,
        notes=[(said(note), SEVERITIES[note.severity]) for note in table.notes if note.code != ENCODING],
        unused=_unused(table.columns, row.mapping or {}),
        encoded=any(note.code == ENCODING for note in table.notes) or not table.encoding_certain,
    )


def _unused(columns: Sequence[str], mapping: dict[str, int]) -> list[str]:
    """The columns that nothing is read from."""
    used = set(mapping.values())
    return [name for at, name in enumerate(columns) if name and at not in used]


@require_POST
@guarded("batch.submit", "establishment")
def confirm(request: HttpRequest, grant: Grant, establishment: str, batch: UUID) -> HttpResponse:
    """Keep what the columns hold, and try every row; nothing is handed in yet."""
    row, now = _batch(grant, batch), timezone.now()
    table = batches.preview(row)
    if isinstance(table, FileRefused):
        messages.error(request, refused(table))
        return redirect("lodging:files", establishment=establishment)
    form = ColumnsForm(request.POST, columns=table.columns, mapping={})
    if not form.is_valid():
        return _columns_page(request, grant, row, table, form)
    kept = acts.confirm_mapping(by=grant, batch=row, mapping=form.mapping, reason=form.cleaned_data["reason"], at=now)
    if isinstance(kept, Refusal):
        form.add_error(None, words(kept))
        return _columns_page(request, grant, row, table, form)
    return _run(request, grant, batch, "validate", now)


@require_POST
@guarded("batch.submit", "establishment")
def run(request: HttpRequest, grant: Grant, establishment: str, batch: UUID) -> HttpResponse:
    """Hand the file in: every row that can be kept is a notification."""
    return _run(request, grant, batch, "submit", timezone.now())


def _run(request: HttpRequest, grant: Grant, batch: UUID, mode: acts.Mode, now: datetime) -> HttpResponse:
    answer = acts.run_prepared(by=grant, batch_id=batch, mode=mode, at=now)
    if isinstance(answer, FileRefused):
        messages.error(request, refused(answer))
    elif isinstance(answer, Refusal):
        tell(request, answer, "")
    return redirect("lodging:file", establishment=grant.scope, batch=batch)


def _results(request: HttpRequest, grant: Grant, row: Batch) -> HttpResponse:
    """What became of each row, or would."""
    faulty = row.rejected + row.held
    asked = request.GET.get("outcome", "")
    chosen = asked if asked in {*OUTCOMES, ALL_ROWS} else FAULTY_ROWS if faulty else ALL_ROWS
    after = request.GET.get("after", "")
    wanted = FAULTY if chosen == FAULTY_ROWS else None if chosen == ALL_ROWS else chosen
    found = batches.rows(row, wanted, int(after) if after.isascii() and after.isdecimal() else 0, SHOWN + 1)
    following = str(found[SHOWN - 1].row) if len(found) > SHOWN else ""
    kept = row.accepted + row.accepted_with_warnings
    return host_page(
        request,
        grant,
        hosts.own(grant),
        "file_results",
        here="files",
        batch=row,
        tiles=_tiles(row),
        tabs=_tabs(row, chosen),
        kept=kept,
        trial=row.mode == "validate",
        table=_table(found[:SHOWN], following, row),
        faulty=faulty,
        warned=row.accepted_with_warnings,
    )


def outcome_words() -> dict[str, str]:
    """What an outcome of a row is called, in the order in which they are shown."""
    return {
        "accepted": pgettext("outcome", "Nhận"),
        "accepted_with_warnings": _("Nhận, có cảnh báo"),
        "duplicate": _("Trùng"),
        "rejected": _("Không nhận"),
        "held": _("Giữ lại"),
    }


def _tiles(row: Batch) -> list[Stat]:
    return [
        Stat(label, number(getattr(row, name)), tone=TONES.get(name, "plain"))  # type: ignore[arg-type]
        for name, label in outcome_words().items()
        if getattr(row, name) or name in {"accepted", "rejected"}
    ]


def _tabs(row: Batch, chosen: str) -> list[Link]:
    faulty = row.rejected + row.held
    links = [Link(_("Cần sửa"), "?", chosen == FAULTY_ROWS, "triangle-alert", faulty)] if faulty else []
    links.append(Link(_("Tất cả"), f"?outcome={ALL_ROWS}", chosen == ALL_ROWS))
    return links + [
        Link(label, f"?outcome={name}", name == chosen, count=getattr(row, name))
        for name, label in outcome_words().items()
        if getattr(row, name) and not (faulty and name in FAULTY and faulty == getattr(row, name))
    ]


def _table(rows: Sequence[RowResult], following: str, batch: Batch) -> Table:
    columns = [Column(_("Dòng"), "number"), Column(_("Kết quả")), Column(_("Điều cần biết")), Column(_("Biên nhận"))]
    lines = [Row([_number(one), _state(one, batch), _issues(one), _receipt(one, batch.establishment)]) for one in rows]
    return Table(
        _("Kết quả từng dòng"),
        columns,
        lines,
        empty=_("Không có dòng nào như vậy"),
        pager=Pager(after=following, shown=len(lines)),
    )


def _number(one: RowResult) -> str:
    return str(one.row)


def _state(one: RowResult, batch: Batch) -> Cell:
    """The outcome; of a trial in other words, because nothing was received."""
    trial = batch.mode == "validate" and one.outcome in {"accepted", "accepted_with_warnings"}
    return Cell(_("Gửi được") if trial else "", state=STATES.get(one.outcome, one.outcome))


def _issues(one: RowResult) -> Cell:
    told = [f"{each.column}: {said(each)}" if each.column else said(each) for each in one.issues]
    return Cell(" ".join(told), note="" if one.on_time else _("Chậm, hạn %(time)s") % {"time": moment(one.deadline_at)})


def _receipt(one: RowResult, establishment: str) -> Cell:
    if not one.receipt_code:
        return Cell("")
    return Cell(one.receipt_code, url=f"/lodging/{establishment}/receipts/{one.receipt_code}")


@require_safe
@guarded("batch.read", "establishment")
def marked(request: HttpRequest, grant: Grant, establishment: str, batch: UUID) -> HttpResponse:
    """The file back with its cells marked, ready to be corrected and sent again."""
    row = _batch(grant, batch)
    if row.source_sealed is None or row.state != "done":
        raise Http404
    enter(grant, subject=f"batch:{row.pk}", at=timezone.now(), marked=True)
    made = annotate(open_source(row), row.file_name, batches.rows(row, limit=ALL))
    return _workbook(made, f"{establishment}-{local(row.received_at):%Y%m%d-%H%M}")


@require_safe
@guarded("batch.read", "establishment")
def blank(request: HttpRequest, grant: Grant, establishment: str) -> HttpResponse:
    """The template workbook."""
    return _workbook(template(today=local(timezone.now()).date()), "mau-thong-bao-luu-tru")


def _workbook(made: bytes, name: str) -> HttpResponse:
    return as_file(HttpResponse(made, content_type=SPREADSHEET), f"{name}.xlsx")
