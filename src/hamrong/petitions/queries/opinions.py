"""How people found the settlement of their petitions, by quarter: counts with small ones hidden, and free words."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Sum

from hamrong.access.actors import Grant
from hamrong.identity.keys import vault
from hamrong.petitions.models import ANSWERS, KINDS, Opinion
from hamrong.petitions.queries import visible
from hamrong.petitions.suppression import LEAST, TOTAL, edges, hidden

Shown = Mapping[tuple[str, str], int | None]
"""(answer, kind) → how many, None where it is hidden; TOTAL stands for a sum."""


def counts(first: date, by: Grant | None = None) -> dict[tuple[str, str], int]:
    """(answer, kind) → how many in the quarter that begins on a day, within a grant; all for the keeper."""
    rows = visible.opinions(by) if by else Opinion.objects.all()
    found = rows.filter(first=first).order_by().values_list("answer", "kind").annotate(n=Sum("many"))
    told = {(answer, kind): 0 for answer in ANSWERS for kind in KINDS}
    return told | {(answer, kind): many for answer, kind, many in found}


def shown(by: Grant, first: date) -> Shown:
    """The same for officers, of a quarter that is over, small numbers hidden as for the public."""
    numbers = edges({"opinion": counts(first, by)})
    away = hidden(numbers)
    return {(edge.key[1], edge.key[2]): None if edge.key in away else edge.value for edge in numbers}


def remarks(by: Grant, first: date) -> Sequence[str]:
    """Free words of a quarter in no order of theirs; none where fewer people wrote than hide each other."""
    rows = list(visible.remarks(by).filter(first=first).order_by("id"))
    return [vault().open_bytes(bytes(row.content), row.pk.bytes).decode() for row in rows] if len(rows) >= LEAST else []


def total(found: Shown) -> int | None:
    """How many answered in all."""
    return found[TOTAL, TOTAL]
