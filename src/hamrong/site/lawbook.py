"""The public pages of the law: every rule with its versions and how sure they are, and a date worked out in words."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.web import open_to_all
from hamrong.law import Rule, rules
from hamrong.law.library import shipped
from hamrong.law.telling import Telling, tellings
from hamrong.site.lawforms import DueForm
from hamrong.ui.parts import Link

FIELDS: Final[dict[str, str | Promise]] = {
    "lodging": gettext_lazy("Lưu trú"),
    "kn": pgettext_lazy("field of law", "Khiếu nại"),
    "tc": pgettext_lazy("field of law", "Tố cáo"),
    "tcd": gettext_lazy("Tiếp công dân"),
    "plate": gettext_lazy("Đăng ký xe, biển số"),
    "crim": gettext_lazy("Tố tụng hình sự"),
    "custody": gettext_lazy("Tạm giữ, tạm giam"),
    "doc": gettext_lazy("Văn thư"),
}
"""The folders of the law in the order in which people look for them."""

SURE: Final[dict[str, tuple[str | Promise, str]]] = {
    "text": (gettext_lazy("Đã đọc điều luật"), "good"),
    "text_2021": (gettext_lazy("Đã đọc bản cũ"), "warn"),
    "secondary": (gettext_lazy("Theo nguồn thứ cấp"), "warn"),
    "general": (gettext_lazy("Chưa đối chiếu"), "warn"),
    "uncertain": (gettext_lazy("Chưa chắc chắn"), "bad"),
    "choice": (gettext_lazy("Lựa chọn của hệ thống"), "info"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A rule in the list: where its page is, what its newest version rests on, and how sure that is."""

    id: str
    title: str
    basis: list[str]
    since: date
    versions: int
    sure: str | Promise
    tone: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a rule in the language of the reader."""

    start: date
    end: date | None
    hash: str
    basis: list[str]
    sure: str | Promise
    tone: str
    evidence: str
    source: str
    ways: list[tuple[str, list[str]]]
    says: list[str]
    cautions: list[str]


def _lang() -> str:
    return (get_language() or "vi")[:2]


@require_safe
@open_to_all
def index(request: HttpRequest) -> HttpResponse:
    """All rules of law, field by field."""
    found = rules()
    fields = [
        (field, name, [_line(rule) for rule in found if rule.id.startswith(f"{field}.")])
        for field, name in FIELDS.items()
    ]
    grades = [(*SURE[status], words.to(_lang())) for status, words in shipped().words.evidence.items()]
    return render(request, "site/law.html", {"fields": fields, "count": len(found), "grades": grades})


def _line(rule: Rule) -> Line:
    told = tellings(shipped(), rule.id)
    newest, lang = told[0], _lang()
    basis = [place.to(lang) for place in newest.basis]
    return Line(
        rule.id, rule.title.to(lang), basis, newest.start, len(told), *SURE[newest.status], bool(newest.cautions)
    )


@require_safe
@open_to_all
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """A rule with its versions, and the date it sets for what the reader fills in."""
    found = shipped().rules.get(rule_id)
    if found is None:
        raise Http404
    asked = request.GET if "on" in request.GET else None  # a link may carry something else
    lang, form = _lang(), DueForm(found, asked) if found.kind != "quota" else None
    shown = {
        "rule": found,
        "title": found.title.to(lang),
        "kind": shipped().words.kinds[found.kind].to(lang),
        "side": shipped().words.sides[found.side].to(lang),
        "trigger": found.trigger.to(lang),
        "versions": [_version(told, lang) for told in tellings(shipped(), rule_id)],
        "form": form,
        "crumbs": [
            Link(_("Trang chủ"), reverse("home")),
            Link(_("Căn cứ pháp luật"), reverse("law")),
            Link(found.title.to(lang)),
        ],
    }
    if form and form.is_bound and form.is_valid():
        due = form.due
        shown |= {
            "due": due,
            "one": due.strict == due.legal,
            "steps": [step.as_dict(lang) for step in due.derivation],
            "caution": due.caution.to(lang) if due.caution else "",
        }
    return render(request, "site/law_rule.html", shown)


def _version(told: Telling, lang: str) -> Version:
    ways = [(" ".join(text.to(lang) for text in way.says), [text.to(lang) for text in way.ladder]) for way in told.ways]
    return Version(
        told.start,
        told.end,
        told.hash[:8],
        [place.to(lang) for place in told.basis],
        *SURE[told.status],
        told.evidence.to(lang),
        "; ".join(filter(None, (told.source, told.note))),
        [way for way in ways if way[0]],
        [text.to(lang) for text in told.pauses] + [text.to(lang) for _topic, text in told.says],
        [text.to(lang) for text in told.cautions],
    )
