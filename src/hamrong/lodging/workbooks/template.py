"""The workbook that we hand out: one row a guest, numbers kept as text, lists to choose from."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hamrong.kernel.vietnamese import sort_key
from hamrong.law import VIETNAM, deadline
from hamrong.lodging.catalogs import catalog, small
from hamrong.lodging.issues import longest
from hamrong.lodging.workbooks.columns import labels, told
from hamrong.lodging.workbooks.words import words

_ROWS: Final = 1000
_WIDTHS: Final = {"full_name": 26, "residence": 36, "document_type": 20, "document_number": 18, "reason": 22}
_WIDTH: Final = 16
_LISTS: Final = {"sex": 0, "nationality": 1, "document_type": 2, "reason": 3}


def template(*, today: date) -> bytes:
    """An empty XLSX workbook with the sheets Khách, Danh mục and Hướng dẫn; the lists are those of `today`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        names = words()["sheets"]
        guests, lists, guide = (book.add_worksheet(names[each]) for each in ("guests", "lists", "guide"))
        bold = book.add_format({"bold": True, "bg_color": "#E3EFE6", "border": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        lengths = _write_lists(lists, bold, text, today)
        _write_guests(guests, bold, text, lengths)
        _write_guide(
            guide, book.add_format({"text_wrap": True}), book.add_format({"bold": True, "text_wrap": True}), today
        )
        guests.activate()
    return out.getvalue()


def fields() -> Sequence[tuple[str, bool]]:
    """The columns of the template after TT, each with whether it must be filled."""
    return [(name.rstrip("*"), name.endswith("*")) for name in told()["template"]]


def heading(name: str, needed: bool) -> str:
    return labels()[name] + ("*" if needed else "")


def _write_guests(sheet: Worksheet, bold: Format, text: Format, lengths: Mapping[str, int]) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 5, text)
    sheet.write_string(0, 0, "TT", bold)
    for at, (name, needed) in enumerate(fields(), 1):
        sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH), text)
        sheet.write_string(0, at, heading(name, needed), bold)
        if rule := _validation(name, lengths):
            sheet.data_validation(1, at, _ROWS, at, rule)
    sheet.autofilter(0, 0, _ROWS, len(fields()))


def _validation(name: str, lengths: Mapping[str, int]) -> dict[str, Any] | None:
    """What a spreadsheet says while a cell is typed. It advises and never forbids: the check comes with the upload."""
    prompt = words()["prompts"].get(name)
    if prompt is None:
        return None
    rule: dict[str, Any] = {"input_title": labels()[name][:32], "input_message": prompt, "error_type": "information"}
    if name in _LISTS:
        column = "ABCD"[_LISTS[name]]
        source = f"='{words()['sheets']['lists']}'!${column}$2:${column}${lengths[name] + 1}"
        return {**rule, "validate": "list", "source": source}
    limit = longest().get({"guardian": "guardian_ref", "document_number": "number"}.get(name, ""), 40)
    return {**rule, "validate": "length", "criteria": "<=", "value": limit}


def _write_lists(sheet: Worksheet, bold: Format, text: Format, today: date) -> dict[str, int]:
    """One column a list, in the order of `_LISTS`; the number of entries of each."""
    nations = [entry for entry in catalog("nationalities", today).entries if entry.same_as is None]
    lists = {
        "sex": [each["vi"] for each in small("sex").values()],
        "nationality": ["Việt Nam", *sorted((entry.vi for entry in nations if entry.code != "VNM"), key=sort_key)],
        "document_type": [entry.vi for entry in catalog("document-types", today).entries],
        "reason": [entry.vi for entry in catalog("reasons", today).entries],
    }
    for name, at in _LISTS.items():
        sheet.set_column(at, at, 44, text)
        sheet.write_string(0, at, labels()[name], bold)
        sheet.write_column(1, at, lists[name], text)
    sheet.freeze_panes(1, 0)
    return {name: len(entries) for name, entries in lists.items()}


def _write_guide(sheet: Worksheet, plain: Format, bold: Format, today: date) -> None:
    hours = {"evening": _due(today, time(12)), "morning": _due(today, time(23, 59))}
    sheet.set_column(0, 0, 110)
    for at, line in enumerate(words()["guide"]):
        sheet.write_string(at, 0, line.format_map(hours), plain if at else bold)


def _due(today: date, arrival: time) -> str:
    """The hour by which an arrival at this time of day is to be notified, as the law of the day has it."""
    return deadline("lodging.notify", datetime.combine(today, arrival, VIETNAM)).legal.strftime("%H:%M")
