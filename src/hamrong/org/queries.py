"""The questions about units and areas that more than one room asks; the answers are public facts, without a reader."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from hamrong.kernel.vietnamese import fold
from hamrong.org.models import Area, AreaSuccessor, Unit

ADDRESSED: Final = """
select code, name from org_unit
where kind in ('province', 'department', 'commune')
    and coalesce(valid_from, %(on)s) <= %(on)s and coalesce(valid_to, %(on)s) >= %(on)s
order by kind = 'commune', code
"""


def unit(code: str) -> Unit | None:
    """The unit of this code, whether it still exists or not; None if there never was one."""
    return Unit.objects.filter(code=code).first()


def units(codes: Iterable[str]) -> dict[str, Unit]:
    """The units of some codes, whether they still exist or not."""
    return Unit.objects.in_bulk(set(codes))


def names(codes: Iterable[str]) -> dict[str, str]:
    """What units are called; the code itself where there never was one."""
    wanted = set(codes)
    return {code: code for code in wanted} | dict(Unit.objects.filter(code__in=wanted).values_list("code", "name"))


def ended(codes: Iterable[str], on: date) -> dict[str, date]:
    """Which of these units have ended by a day, with their last day."""
    found = Unit.objects.filter(code__in=set(codes), valid_to__lt=on).values_list("code", "valid_to")
    return {code: last for code, last in found if last}


def ended_like(words: str, on: date, most: int) -> list[Unit]:
    """Units that have ended by a day and whose name holds these words, the last ended first."""
    gone = Unit.objects.filter(valid_to__lt=on).order_by("-valid_to", "code")
    return [each for each in gone if fold(words) in fold(each.name)][:most]


def commune_units(on: date) -> QuerySet[Unit]:
    """The commune police (Công an cấp xã) of a day, by code."""
    return Unit.objects.filter(_valid(on), kind=Unit.Kind.COMMUNE)


def offices(on: date) -> QuerySet[Unit]:
    """The province police and its departments (phòng) on a day, by code."""
    return Unit.objects.filter(_valid(on), kind__in=[Unit.Kind.PROVINCE, Unit.Kind.DEPARTMENT])


def addressed(on: date) -> dict[str, str]:
    """Code and name of every unit to which somebody can write on a day, the province and its departments first.

    Every page of the public forms lists them: one statement of SQL takes a seventh of what two query sets take, so that
    nothing is kept and a reform shows at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(ADDRESSED, {"on": on})
        return dict(cursor.fetchall())


def areas_on(level: str, on: date) -> QuerySet[Area]:
    """The areas of a level ("province", "district", "commune") that exist on a day, by code."""
    return Area.objects.filter(_valid(on), level=level)


def successors(area: Area) -> QuerySet[AreaSuccessor]:
    """The steps to the areas that directly took over this one, with `after` at hand; none if it still exists."""
    return AreaSuccessor.objects.filter(before=area).select_related("after")


def _valid(on: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=on)) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def heirs(codes: Iterable[str]) -> set[str]:
    """Codes of the units of areas that took over those of some units, wholly or in part, to this day; without these."""
    given = set(codes)
    areas = set(Unit.objects.filter(code__in=given, area__isnull=False).values_list("area", flat=True))
    seen = _inherited(areas)
    return set(Unit.objects.filter(area__in=seen).values_list("code", flat=True)) - given if seen else set()


def _inherited(areas: set[str]) -> set[str]:
    """These areas and all that took them over, wholly or in part."""
    seen: set[str] = set()
    while areas:
        seen |= areas
        areas = set(AreaSuccessor.objects.filter(before__in=areas).values_list("after", flat=True)) - seen
    return seen


def standing_heirs(of: Unit, on: date) -> list[Unit]:
    """The units of a day in whose area that of a unit lies that has ended; of a district, those of its communes."""
    if not of.area_id:
        return []
    inside = set(Area.objects.filter(parent=of.area_id).values_list("pk", flat=True))
    return list(Unit.objects.filter(_valid(on), area__in=_inherited({of.area_id, *inside}) | inside))


def forerunners(of: Unit) -> list[str]:
    """Codes of the units of areas that a unit's area took over as a whole, the whole way back; without its own."""
    found: list[str] = []
    areas = {of.area_id} if of.area_id else set()
    seen = set(areas)
    while areas:
        steps = AreaSuccessor.objects.filter(after__in=areas, partial=False).values_list("before", flat=True)
        areas = set(steps) - seen
        seen |= areas
        found += Unit.objects.filter(area__in=areas).order_by("code").values_list("code", flat=True)
    return [code for code in found if code != of.code]
