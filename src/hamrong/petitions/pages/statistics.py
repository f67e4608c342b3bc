"""What the public is told of petitions: the numbers of each quarter, with small ones hidden, on the page and as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hamrong.casework.pages.frame import unit_name
from hamrong.petitions.forms.handing import ANSWERS
from hamrong.petitions.forms.officers import EVERY_DOOR, OUTCOMES
from hamrong.petitions.forms.register import RESULTS
from hamrong.petitions.models import Published
from hamrong.petitions.pages.bare import bare, shown
from hamrong.petitions.queries.published import quarters
from hamrong.petitions.statistics import GROUPS, OTHER, Group, code_of_day
from hamrong.petitions.suppression import TOTAL
from hamrong.ui.answers import as_file
from hamrong.ui.formats import number
from hamrong.ui.parts import Cell, Column, Row, Table
from hamrong.ui.sheets import TYPES, write_csv

TITLES: Final[Mapping[tuple[str, str], Any]] = {
    ("received", "door"): gettext_lazy("Đơn nhận, theo cách đơn đến"),
    ("received", "unit"): gettext_lazy("Đơn nhận, theo đơn vị"),
    ("sorted", "outcome"): gettext_lazy("Đơn đã phân loại, theo cách xử lý"),
    ("settled", "time"): gettext_lazy("Vụ việc giải quyết xong, đúng hạn hay quá hạn"),
    ("settled", "result"): gettext_lazy("Vụ việc giải quyết xong, theo kết quả"),
    ("opinion", "opinion"): gettext_lazy("Người gửi có hài lòng với cách giải quyết không"),
}
WORDS: Final[Mapping[str, Any]] = {
    **dict(EVERY_DOOR), **dict(OUTCOMES), **dict(RESULTS), "in_time": gettext_lazy("Đúng hạn"),
    "late": gettext_lazy("Quá hạn"), "none": gettext_lazy("Không có kết luận (đình chỉ, rút đơn)"),
    **dict(ANSWERS), "online": gettext_lazy("Qua trang tiếp nhận đơn trên mạng"), OTHER: gettext_lazy("Đơn vị khác"),
}  # fmt: skip

BRIEFLY: Final = {
    "complaint": gettext_lazy("Khiếu nại"), "denunciation": pgettext_lazy("kind", "Tố cáo"),
    "reflection": pgettext_lazy("kind", "Phản ánh"), "crime_report": gettext_lazy("Tố giác"),
}  # fmt: skip
"""Kinds of petitions, as the head of a column."""

Numbers = Mapping[tuple[str, str, str], int | None]


@bare
def statistics_page(request: HttpRequest, quarter: str = "") -> HttpResponse:
    """A quarter in numbers, the latest where none is named; the others to choose from."""
    rows = list(quarters())
    one = _one(rows, quarter) if quarter else next(iter(rows), None)
    values: dict[str, Any] = {"here": "petitions:statistics", "quarters": [_link(each) for each in rows], "one": one}
    if one:
        tables, silent = _tables(one)
        values |= {"code": code_of_day(one.last), "title": _title(one), "tables": tables, "silent": silent}
    return shown(request, "statistics", values)


@bare
def statistics_file(request: HttpRequest, quarter: str) -> HttpResponse:
    """The same as CSV; a hidden number is an empty cell."""
    one, into = _one(list(quarters()), quarter), BytesIO()
    head = ["quarter", "table", "by", "row", "kind", "count"]
    write_csv(into, head, _lines(one))
    name = f"don-thu-{quarter}.csv"
    return as_file(HttpResponse(into.getvalue(), content_type=TYPES["csv"]), name, public=True)


def _one(rows: Sequence[Published], quarter: str) -> Published:
    for one in rows:
        if code_of_day(one.last) == quarter:
            return one
    raise Http404


def _title(one: Published) -> str:
    year, of_it = code_of_day(one.last).split("-")
    return _("Quý %(quarter)s năm %(year)s") % {"quarter": of_it, "year": year}


def _link(one: Published) -> tuple[str, str]:
    return _title(one), reverse("petitions:quarter", args=[code_of_day(one.last)])


def _numbers(one: Published, group: Group) -> Numbers:
    return {(table, row, column): many for table, row, column, many in one.groups[group.name]}


def _groups(one: Published) -> list[Group]:
    """What that quarter tells: one that was published before a table was thought of has none of it."""
    return [group for group in GROUPS if group.name in one.groups]


def _tables(one: Published) -> tuple[list[Table], list[str]]:
    """The tables, and what those are called in which every number is hidden: a sentence says so, not a page of them."""
    tables, silent = list[Table](), list[str]()
    for group in _groups(one):
        numbers = _numbers(one, group)
        for by in reversed(group.tables):
            if any(many is not None for (table, _row, _column), many in numbers.items() if table in (by, "")):
                tables.append(_table(group, by, numbers))
            else:
                silent.append(str(TITLES[group.name, by]))
    return tables, silent


def _table(group: Group, by: str, numbers: Numbers) -> Table:
    columns = [Column(_("Chỉ tiêu")), *(Column(str(BRIEFLY[kind]), "number") for kind in group.kinds)]
    columns.append(Column(_("Tổng"), "number"))
    names = list(dict.fromkeys(row for table, row, _column in numbers if table == by))
    rows = [_row(by, row, group, numbers) for row in names]
    if by == "unit":
        rows.sort(key=lambda each: str(each.cells[0].text))  # type: ignore[attr-defined]
    total = [numbers[("", TOTAL, kind)] for kind in (*group.kinds, TOTAL)]
    rows.append(Row([Cell(_("Tổng")), *map(_cell, total)]))
    return Table(str(TITLES[group.name, by]), columns, rows, figures=True, name=f"{group.name}-{by}")


def _row(by: str, row: str, group: Group, numbers: Numbers) -> Row:
    told = [_cell(numbers[by, row, kind]) if (by, row, kind) in numbers else "–" for kind in group.kinds]
    return Row([Cell(_word(by, row)), *told, _cell(numbers[by, row, TOTAL])])


def _word(by: str, row: str) -> str:
    return unit_name(row) if by == "unit" and row != OTHER else str(WORDS[row])


def _cell(many: int | None) -> str:
    return _("ẩn") if many is None else str(number(many))


def _lines(one: Published) -> Iterator[list[str]]:
    code = code_of_day(one.last)
    for group in _groups(one):
        for table, row, column, many in one.groups[group.name]:
            yield [code, group.name, table, row, column, "" if many is None else str(many)]
