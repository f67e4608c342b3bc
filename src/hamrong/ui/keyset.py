"""Paging a long list by where one stands in it, so that the thousandth page costs what the first one does."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

from hamrong.ui.parts import Pager

M = TypeVar("M", bound=Model)
SIZE = 50
COUNTED = 10_000
"""A list that is longer is not counted: the page would cost what all of its rows cost."""


@dataclass(frozen=True, slots=True)
class Portion(Generic[M]):
    """One page of a list, and the cursors of the pages before and after it."""

    rows: Sequence[M]
    pager: Pager


def portion(
    found: QuerySet[M],
    key: str,
    query: Mapping[str, str],
    *,
    descending: bool = False,
    size: int = SIZE,
    counted: bool = False,
) -> Portion[M]:
    """The page that `?after=` or `?before=` asks for, in the order of a column and the id.

    A cursor that is not one of ours means the first page. `counted` tells how long the whole list is, up to `COUNTED`.
    """
    many = found.order_by()[: COUNTED + 1].count() if counted else None
    after, before = _place(found, key, query.get("after", "")), _place(found, key, query.get("before", ""))
    back = before is not None and after is None
    down = descending != back
    place = before if back else after
    if place is not None:
        found = found.filter(_beyond(key, place, down))
    order = (f"-{key}", "-id") if down else (key, "id")
    rows = list(found.order_by(*order)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    has_before, has_after = (more, True) if back else (place is not None, more)
    return Portion(
        rows,
        Pager(
            before=_cursor(rows[0], key) if rows and has_before else "",
            after=_cursor(rows[-1], key) if rows and has_after else "",
            shown=len(rows),
            total=many if many is not None and many <= COUNTED else None,
        ),
    )


def _beyond(key: str, place: tuple[Any, UUID], down: bool) -> Q:
    word = "lt" if down else "gt"
    value, identifier = place
    return Q(**{f"{key}__{word}": value}) | Q(**{key: value, f"id__{word}": identifier})


def _cursor(row: Model, key: str) -> str:
    value = getattr(row, key)
    plain = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(json.dumps([plain, str(row.pk)]).encode()).decode().rstrip("=")


def _place(found: QuerySet[M], key: str, cursor: str) -> tuple[Any, UUID] | None:
    if not cursor:
        return None
    try:
        value, identifier = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        column = found.model._meta.get_field(key)
        assert isinstance(column, Field)
        return column.to_python(value), UUID(identifier)
    except (ValueError, TypeError, AttributeError, binascii.Error, ValidationError):
        return None
