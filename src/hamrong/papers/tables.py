"""Papers and files of an object as tables, for the pages of this room and for those of whoever has the object."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.access.decisions import beside
from hamrong.papers import queries
from hamrong.papers.catalog import Form, form
from hamrong.papers.cleaning import BARE
from hamrong.papers.forms import label
from hamrong.papers.kinds import OLD
from hamrong.papers.known import number_of
from hamrong.papers.models import Attachment, Paper
from hamrong.papers.subjects import Subject, subject
from hamrong.ui.formats import cited, day
from hamrong.ui.parts import Cell, Column, Row, Table


def address(name: str, purpose: str, *parts: object) -> str:
    """The address of a page of this room, with the purpose for which it is opened."""
    return f"{reverse(f'papers:{name}', args=parts)}?{urlencode({'purpose': purpose})}"


@dataclass(frozen=True, slots=True)
class Part:
    """An object whose papers a page shows, by whom they are read, the forms that can be drawn up now, and those of what
    was done already and has no signed paper here, each with the number that it is to bear.
    """

    by: Grant
    to: Subject
    forms: Sequence[Form] = ()
    owed: Sequence[tuple[Form, str]] = ()


def part(by: Grant, ref: str, purpose: str, forms: Iterable[Form] = ()) -> Part | None:
    """An object on the page of whoever has it, by the same post; None for who works on no papers of it."""
    reading = beside(by, "paper.read", purpose)
    to = subject(reading, ref) if isinstance(reading, Grant) else None
    return Part(reading, to, tuple(forms)) if isinstance(reading, Grant) and to else None


def shown_of(parts: Sequence[Part]) -> dict[str, Any]:
    """What `papers/shown.html` shows: papers, forms to draw up, and the way to all of it."""
    rows = [_paper(each) for one in parts for each in queries.of(one.by, one.to.ref)]
    writing = [one for one in parts if isinstance(beside(one.by, "paper.draft", one.to.purpose), Grant)]
    made = [(_new(one, each), label(each), cited(each.law)) for one in writing for each in one.forms]
    owed = [(_new(one, each), label(each), number) for one in writing for each, number in one.owed]
    ways = [(address("object", one.to.purpose, one.to.ref), one.to.code) for one in parts]
    files = [row for one in parts for row in _files(one.by, one.to)]
    return {"table": _table(rows), "files": _file_table(files), "made": made, "owed": owed, "ways": ways}


def _new(one: Part, made: Form) -> str:
    return address("new", one.to.purpose, one.to.ref, made.code)


def papers_of(by: Grant, to: Subject) -> Table:
    """The papers of an object, newest first."""
    return _table([_paper(each) for each in queries.of(by, to.ref)])


def _table(rows: list[Row]) -> Table:
    columns = [
        Column(_("Văn bản")),
        Column(_("Số, ký hiệu"), "code"),
        Column(_("Ngày"), "day"),
        Column(_("Tình trạng")),
    ]
    hint = _("Chọn một mẫu để soạn.")
    return Table(_("Văn bản"), columns, rows, empty=_("Chưa có văn bản nào"), empty_hint=hint, name="papers")


def _paper(paper: Paper) -> Row:
    to = address("paper", paper.purpose, paper.pk)
    cells = [
        label(form(paper.form)),
        number_of(paper),
        day(paper.signed_at or paper.made_at),
        Cell("", state="recalled" if hasattr(paper, "recall") else paper.state),
    ]
    return Row(cells, to)


def files_of(by: Grant, to: Subject) -> Table:
    """The files of an object; those that were sealed by a key of their own are left out."""
    return _file_table(_files(by, to))


def _file_table(rows: list[Row]) -> Table:
    columns = [Column(_("Tệp")), Column(_("Dung lượng"), "number"), Column(_("Ngày nhận"), "day"), Column(_("Bản gốc"))]
    return Table(_("Tệp đính kèm"), columns, rows, empty=_("Chưa có tệp nào"), name="files")


def _files(by: Grant, to: Subject) -> list[Row]:
    whole = isinstance(beside(by, "attachment.original", to.purpose), Grant)
    return [_file(each, to.purpose, whole) for each in queries.attachments(by, to.ref).filter(own_key=False)]


def _file(one: Attachment, purpose: str, whole: bool) -> Row:
    told = queries.told(one)
    note = _("đã xóa dữ liệu ẩn") if told.cleaned else _("giữ nguyên, có thể còn dữ liệu ẩn")
    note = "" if told.kind in BARE else note
    old = told.kind in OLD
    note = _("Word cũ, có thể chứa chương trình: chỉ lấy được bản gốc") if old else note
    original = Cell(_("Tải bản gốc"), address("original", purpose, one.pk)) if whole and (told.cleaned or old) else ""
    cells = [Cell(told.name, note=note), filesizeformat(told.size), day(one.received_on), original]
    return Row(cells, "" if old else address("file", purpose, one.pk))
