"""A petition that was sorted anew: what its page and that of the case that was stopped say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.cases.models import Case, Fact
from hamrong.cases.queries.visible import facts
from hamrong.casework.pages.frame import in_place, names
from hamrong.casework.sections import Section
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.register import kind_words, number_of, outcome_words
from hamrong.petitions.queries import visible
from hamrong.petitions.resorting import is_resort
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer, Link


@dataclass(frozen=True, slots=True)
class Before:
    """A sorting that was taken back, line by line, and its case; '' where it began none."""

    lines: list[Answer]
    code: str
    url: str


def before(by: Grant, petition: Petition) -> list[Before]:
    """What a petition was sorted as before, the latest first: as what, why that was taken back, and by which two."""
    began = [each["case"] for each in petition.sorted_before if "case" in each]
    stops = facts(by).filter(case__in=began, act__endswith=".resort")
    of_cases = {str(fact.case_id): _told_by(fact) for fact in stops}
    told = [(each, of_cases.get(each["case"]) if "case" in each else each) for each in petition.sorted_before]
    who = names(back[name] for _each, back in told if back for name in PEOPLE)
    return [
        Before([*_was(each), *_stopped(back, who)], each.get("code", ""),
               reverse("casework:case", args=[each["case"]]) if "case" in each else "")
        for each, back in reversed(told)
    ]  # fmt: skip


PEOPLE: Final = ("proposed_by", "proposed_in_place_of", "approved_by", "approved_in_place_of")


def _told_by(fact: Fact) -> dict[str, str]:
    """How a sorting that had begun a case was taken back, as a petition keeps it of one that had begun none."""
    people = (fact.by, fact.in_place_of, fact.approved_by, fact.approved_in_place_of)
    on = timezone.localdate(fact.effective_at).isoformat()
    return {"stopped_on": on, "why": fact.reason, **dict(zip(PEOPLE, people, strict=True))}


def _was(told: Mapping[str, str]) -> list[Answer]:
    """As what it was sorted, and by which notice its sender was told."""
    lines = [Answer(_("Đã phân loại là"), f"{kind_words(told['kind'])}: {outcome_words(told['outcome'])}")]
    if "told_on" in told:
        lines.append(Answer(_("Đã báo người gửi bằng"), told["told_by"]))
    return lines


def _stopped(back: Mapping[str, str] | None, who: Mapping[str, str]) -> list[Answer]:
    if back is None:
        return []
    return [
        Answer(_("Bỏ ngày"), day(date.fromisoformat(back["stopped_on"]))), Answer(_("Lý do"), back["why"] or "–"),
        Answer(_("Người đề xuất"), who.get(back["proposed_by"], "–") + in_place(who, back["proposed_in_place_of"])),
        Answer(_("Người duyệt"), who.get(back["approved_by"], "–") + in_place(who, back["approved_in_place_of"])),
    ]  # fmt: skip


def shown(by: Grant, case: Case) -> Section | None:
    """On the page of a case that was stopped: where its petition is, and how it stands now."""
    last = case.facts.order_by("-revision").first() if case.closed_at else None
    if last is None or not is_resort(last.act):
        return None
    told = visible.petitions(by).exclude(sorted_before=[]).filter(sorted_before__contains=[{"case": str(case.pk)}])
    one = told.select_related("case").first()
    if one is None:
        return None
    links = [Link(_("Xem đơn"), reverse("petitions_desk:petition", args=[one.pk]))]
    links += [Link(one.case.code, reverse("casework:case", args=[one.case.pk]))] if one.case else []
    now = outcome_words(one.outcome) if one.sorting else _("chưa phân loại lại")
    lines = [
        Answer(_("Đơn số"), number_of(one)),
        Answer(_("Loại đơn"), kind_words(one.kind)),
        Answer(_("Kết quả"), now),
    ]
    return Section("resorted", _("Đơn được phân loại lại"), lines, links=links)
