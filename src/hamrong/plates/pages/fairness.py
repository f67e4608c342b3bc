"""The statistical audit of all draws for everybody: pictures with their tables, questions in words, the tests."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from hamrong.access.web import open_to_all
from hamrong.org.queries import unit
from hamrong.plates import judged, pictures
from hamrong.plates.fairness import registration, telling
from hamrong.plates.fairness.registration import Stratum
from hamrong.plates.fairness.report import Report, Result
from hamrong.plates.fairness.words import Language, odds, share, shown, words
from hamrong.ui.parts import Cell, Column, Row, Table

STRATA: Final[tuple[Stratum, ...]] = ("office", "hour")


@dataclass(frozen=True, slots=True)
class Family:
    """The results of one kind of group, offices for instance: its picture and its table."""

    picture: SafeString
    table: Table


@require_safe
@open_to_all
def fairness(request: HttpRequest) -> HttpResponse:
    """The report of last night."""
    found = judged.read(settings.HAMRONG_PUBLIC)
    if found is None:
        return render(request, "plates/public/fairness.html", {"judged": None})
    language, report = _language(), _named(found.report)
    said = words().report
    values = {
        "judged": found,
        "questions": [telling.sentence(each, language) for each in report.questions],
        "ranks": pictures.ranks_chart(report, name="ranks") if report.draws else "",
        "time": pictures.time_chart(report, name="time") if report.draws else "",
        "overall": _table(report, "", language),
        "families": [_family(report, stratum, language) for stratum in STRATA],
        "untested": telling.untested(report, language) if any(report.untested.values()) else "",
        "tests": [telling.meaning(test, language) for test in words().tests],
        "needs": [telling.need(each, language) for each in report.needed],
        "needed": said.needed.told(language, alpha=shown(report.alpha, language), power=share(report.power, language)),
        "limits": [each.told(language) for each in said.limits],
    }
    return render(request, "plates/public/fairness.html", values)


def _language() -> Language:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def _named(report: Report) -> Report:
    """The same report with offices called by their names."""
    names = {each.value: each.value for each in report.results if each.stratum == "office"}
    names = {code: found.name if (found := unit(code)) else code for code in names}
    results = (replace(each, value=names[each.value]) if each.stratum == "office" else each for each in report.results)
    return replace(report, results=tuple(results))


def _family(report: Report, stratum: Stratum, language: Language) -> Family:
    there = any(each.stratum == stratum for each in report.results)
    picture = pictures.strata_chart(report, stratum, name=stratum) if there else SafeString("")
    return Family(picture, _table(report, stratum, language))


def _table(report: Report, stratum: str, language: Language) -> Table:
    """All results of one family, the strangest first."""
    titles = {"": _("Tất cả các lượt"), "office": _("Theo nơi đăng ký"), "hour": _("Theo giờ chốt thứ tự")}
    found = sorted((each for each in report.results if each.stratum == stratum), key=lambda each: each.p)
    least = _("Mỗi phép thử cần ít nhất %(least)d lượt.") % {"least": report.least}
    columns = [
        Column(_("Phép thử")), Column(_("Số lượt"), "number"), Column(_("Gặp"), "number"),
        Column(_("Mong đợi"), "number"), Column(_("Ngẫu nhiên cho như vậy")), Column(_("Kết luận")),
    ]  # fmt: skip
    return Table(
        titles[stratum], columns, [_row(each, language) for each in found], caption_seen=not stratum,
        name=f"results-{stratum or 'all'}",
        empty=_("Chưa đủ lượt để thử"), empty_hint=least,
    )  # fmt: skip


def _row(result: Result, language: Language) -> Row:
    of = words().strata[result.stratum].told(language, value=result.value) if result.stratum else ""
    return Row(
        [
            Cell(telling.name(result, language), note=of), result.draws, "–" if result.seen is None else result.seen,
            "–" if result.expected is None else shown(round(result.expected, 1), language),
            odds(result.p, language), _("Cần xem xét") if result.asks else _("Không có gì phải hỏi"),
        ]
    )  # fmt: skip


@require_safe
@open_to_all
def fairness_json(request: HttpRequest) -> FileResponse:
    """The whole report for programs."""
    file = settings.HAMRONG_PUBLIC / judged.FILE
    if not file.is_file():
        raise Http404
    return FileResponse(file.open("rb"), content_type="application/json", as_attachment=True, filename="cong-bang.json")


@require_safe
@open_to_all
def fairness_tests(request: HttpRequest) -> FileResponse:
    """The tests as they were fixed beforehand, byte by byte: every report names their SHA-256."""
    kind = "application/yaml; charset=utf-8"
    return FileResponse(registration.FILE.open("rb"), content_type=kind, as_attachment=True, filename="phep-thu.yaml")
