"""Batches that waited too long for their numbers, now or ever, and what the office said about them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from hamrong.law import VIETNAM
from hamrong.plates import alarm
from hamrong.plates.models import Remark, Seal
from hamrong.plates.models.draws import DELAY
from hamrong.plates.queries.log import COLUMNS


class Delay(NamedTuple):
    """A batch that waited too long, and all that was said about it, the first first."""

    seal: Seal
    waited: timedelta
    remarks: Sequence[Remark]

    @property
    def day(self) -> date | None:
        """The day of the draws in Viet Nam; None while there are none."""
        return self.seal.drawn_at and self.seal.drawn_at.astimezone(VIETNAM).date()


def _late(now: datetime) -> QuerySet[Seal]:
    late = Q(waited__gt=alarm.AFTER) | Q(drawn_at__isnull=True, at__lt=now - alarm.AFTER)
    return Seal.objects.annotate(waited=DELAY).filter(late)


def one(leaf: int, now: datetime) -> Seal | None:
    """A batch that waited too long, by the index of its seal; None for any other."""
    return _late(now).filter(pk=leaf).first()


def count(now: datetime) -> int:
    """How many batches ever waited too long."""
    return _late(now).count()


def delays(now: datetime, before: int | None = None, most: int | None = None) -> list[Delay]:
    """The latest first; those sealed before an index of the log, `most` of them at most, where these are given."""
    found = _late(now) if before is None else _late(now).filter(leaf__lt=before)
    seals = list(found.only(*COLUMNS).order_by("-leaf")[:most])
    said: dict[int, list[Remark]] = {seal.leaf: [] for seal in seals}
    for remark in Remark.objects.filter(seal__in=said).order_by("leaf"):
        said[remark.seal].append(remark)
    return [Delay(seal, (seal.drawn_at or now) - seal.at, said[seal.leaf]) for seal in seals]
