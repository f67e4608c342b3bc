"""Brings the tables of areas and units to the state of `data/*.csv`; `hamrong migrate` calls it every time."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from hamrong.kernel.vietnamese import fold
from hamrong.org import records
from hamrong.org.models import Area, AreaSuccessor, Unit


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows `sync` inserted, changed or (of successors) removed; three zeros when nothing was to be done."""

    areas: int
    successors: int
    units: int


def sync() -> Counts:
    """Writes what differs, in one transaction; areas and units are never removed, successors mirror the file."""
    with transaction.atomic():
        return Counts(
            areas=_upsert(Area, _areas()),
            successors=_mirror_successors(),
            units=_upsert(Unit, _units()),
        )


def _areas() -> list[dict[str, Any]]:
    return [
        {
            "id": area.id,
            "code": area.code,
            "level": area.level,
            "kind": area.kind,
            "name": area.name,
            "search_key": fold(area.name),
            "parent_id": area.parent,
            "valid_from": area.valid_from,
            "valid_to": area.valid_to,
        }
        for area in records.areas()
    ]


def _units() -> list[dict[str, Any]]:
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "parent_id": unit.parent,
            "area_id": unit.area,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
        }
        for unit in records.units()
    ]


def _upsert(model: type[models.Model], wanted: list[dict[str, Any]]) -> int:
    columns = list(wanted[0])
    stored = {row[columns[0]]: row for row in model._default_manager.values(*columns)}
    changed = [row for row in wanted if stored.get(row[columns[0]]) != row]
    model._default_manager.bulk_create(
        [model(**row) for row in changed],
        update_conflicts=True,
        unique_fields=columns[:1],
        update_fields=[name.removesuffix("_id") for name in columns[1:]],
    )
    return len(changed)


def _mirror_successors() -> int:
    columns = ("before_id", "after_id", "partial", "resolution", "on")
    wanted = {(s.before, s.after, s.partial, s.resolution, s.on) for s in records.successions()}
    stored = set(AreaSuccessor.objects.values_list(*columns))
    for before, after, *_ in stored - wanted:
        AreaSuccessor.objects.filter(before_id=before, after_id=after).delete()
    AreaSuccessor.objects.bulk_create(
        AreaSuccessor(**dict(zip(columns, row, strict=True))) for row in sorted(wanted - stored)
    )
    return len(wanted ^ stored)
