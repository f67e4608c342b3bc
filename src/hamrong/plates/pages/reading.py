"""What a number plate says, for anybody: kind, colours, place, days of issue, and how sure that is."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.web import open_to_all
from hamrong.kernel.documents.plates import Reading, Unreadable, book, parse
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer

LONGEST: Final = 40


class PlateForm(forms.Form):
    """A plate as people write it."""

    q = forms.CharField(
        label=gettext_lazy("Biển số"), max_length=LONGEST, strip=True,
        help_text=gettext_lazy("Viết như trên biển, có hoặc không có dấu chấm, gạch. Ví dụ 36A-123.45"),
        error_messages={"required": gettext_lazy("Nhập một biển số.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


@require_safe
@open_to_all
def read_page(request: HttpRequest) -> HttpResponse:
    """Every reading that the rules allow, the surest first; nothing is looked up and nothing is kept."""
    form = PlateForm(request.GET if "q" in request.GET else None)
    values: dict[str, Any] = {"form": form, "readings": []}
    if form.is_bound and form.is_valid():
        answer = parse(form.cleaned_data["q"])
        if isinstance(answer, Unreadable):
            form.add_error("q", _spoken(book().words.reasons[answer.reason]))
        else:
            values["readings"] = [_shown(one) for one in answer]
    return render(request, "plates/public/read.html", values)


def _spoken(text: Any) -> str:
    return str(text.en if (get_language() or "vi").startswith("en") else text.vi)


def _shown(one: Reading) -> Mapping[str, Any]:
    words = book().words
    lines = [
        Answer(_("Loại"), _spoken(one.title)),
        Answer(_("Màu biển"), ", ".join(_spoken(book().parts.colours[each].title) for each in one.colours)),
        *_place(one), Answer(_("Sê-ri"), one.series), Answer(_("Số"), one.number),
        Answer(_("Biển hai dòng"), " / ".join(one.lines)), *_days(one),
        Answer(_("Chắc đến đâu"), _spoken(words.certainties[one.certainty])),
    ]  # fmt: skip
    return {
        "title": _spoken(one.title), "display": one.display, "lines": lines,
        "notes": [_spoken(each) for each in one.notes], "sources": [_spoken(each) for each in one.sources],
    }  # fmt: skip


def _place(one: Reading) -> list[Answer]:
    if one.province is None:
        return [Answer(_("Nước, tổ chức"), one.country)] if one.country else []
    now, before = one.province.now, one.province.before
    told = now if now == before else _("%(now)s (trước 01/07/2025: %(before)s)") % {"now": now, "before": before}
    return [Answer(_("Nơi đăng ký"), f"{one.province.code} · {told}")]


def _days(one: Reading) -> list[Answer]:
    since = [Answer(_("Cấp từ"), day(one.since))] if one.since else []
    return since + ([Answer(_("Thôi cấp sau"), day(one.until))] if one.until else [])
