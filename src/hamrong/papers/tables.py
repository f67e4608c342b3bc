"""Papers and files of an object as tables, for the pages of this room and for those of whoever has the object."""

from urllib.parse import urlencode

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.papers import queries
from hamrong.papers.catalog import form
from hamrong.papers.forms import label
from hamrong.papers.models import Attachment, Paper
from hamrong.papers.subjects import Subject
from hamrong.ui.formats import day
from hamrong.ui.parts import Cell, Column, Row, Table


def address(name: str, purpose: str, *parts: object) -> str:
    """The address of a page of this room, with the purpose for which it is opened."""
    return f"{reverse(f'papers:{name}', args=parts)}?{urlencode({'purpose': purpose})}"


def papers_of(by: Grant, to: Subject) -> Table:
    """The papers of an object, newest first."""
    columns = [
        Column(_("Văn bản")),
        Column(_("Số, ký hiệu"), "code"),
        Column(_("Ngày"), "day"),
        Column(_("Tình trạng")),
    ]
    rows = [_paper(each) for each in queries.of(by, to.ref)]
    return Table(_("Văn bản"), columns, rows, empty=_("Chưa có văn bản nào"), empty_hint=_("Chọn một mẫu để soạn."))


def number_of(paper: Paper) -> str:
    """`12/TB-CAP`; a dash before it is signed."""
    return f"{paper.number:02d}/{paper.symbol}" if paper.number else "–"


def _paper(paper: Paper) -> Row:
    to = address("paper", paper.purpose, paper.pk)
    cells = [
        label(form(paper.form)),
        number_of(paper),
        day(paper.signed_at or paper.made_at),
        Cell("", state=paper.state),
    ]
    return Row(cells, to)


def files_of(by: Grant, to: Subject, key: bytes | None = None) -> Table:
    """The files of an object; without `key` those that were sealed by a key of their own are left out."""
    columns = [Column(_("Tệp")), Column(_("Dung lượng"), "number"), Column(_("Ngày nhận"), "day")]
    found = [each for each in queries.attachments(by, to.ref) if key is not None or not each.own_key]
    rows = [_file(each, to.purpose, key) for each in found]
    return Table(_("Tệp đính kèm"), columns, rows, empty=_("Chưa có tệp nào"))


def _file(one: Attachment, purpose: str, key: bytes | None) -> Row:
    told = queries.told(one, key)
    note = _("Ảnh đã xóa dữ liệu ẩn") if told.cleaned else ""
    link = "" if one.own_key else address("file", purpose, one.pk)
    return Row([Cell(told.name, note=note), filesizeformat(told.size), day(one.received_on)], link)
