"""A petition that was sorted anew: what its page and that of the case that was stopped say of it."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    """A sorting that was taken back, line by line, and its case."""

    lines: list[Answer]
    code: str
    url: str


def before(by: Grant, petition: Petition) -> list[Before]:
    """What a petition was sorted as before, the latest first: as what, why that was taken back, and by which two."""
    stops = facts(by).filter(case__in=[each["case"] for each in petition.sorted_before], act__endswith=".resort")
    found = {str(fact.case_id): fact for fact in stops}
    who = names(ref for fact in found.values() for ref in (
        fact.by, fact.in_place_of, fact.approved_by, fact.approved_in_place_of,
    ))  # fmt: skip
    return [
        Before([*_was(told), *_stopped(found.get(told["case"]), who)], told["code"],
               reverse("casework:case", args=[told["case"]]))
        for told in reversed(petition.sorted_before)
    ]  # fmt: skip


def _was(told: dict[str, str]) -> list[Answer]:
    return [Answer(_("Đã phân loại là"), f"{kind_words(told['kind'])}: {outcome_words(told['outcome'])}")]


def _stopped(fact: Fact | None, who: Mapping[str, str]) -> list[Answer]:
    if fact is None:
        return []
    return [
        Answer(_("Bỏ ngày"), day(timezone.localdate(fact.effective_at))), Answer(_("Lý do"), fact.reason or "–"),
        Answer(_("Người đề xuất"), who.get(fact.by, "–") + in_place(who, fact.in_place_of)),
        Answer(_("Người duyệt"), who.get(fact.approved_by, "–") + in_place(who, fact.approved_in_place_of)),
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
