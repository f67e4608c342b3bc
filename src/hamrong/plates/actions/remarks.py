"""Saying publicly why a batch waited too long for its numbers; what was said stays said."""

from datetime import datetime
from typing import Final

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.audit.logs import publish
from hamrong.kernel.vietnamese import clean
from hamrong.plates import entries
from hamrong.plates.models import Pool, Remark
from hamrong.plates.queries import delays

LONGEST: Final = 1_000
"""Characters of a remark."""


def remark(*, by: Grant, seal: int, text: str, at: datetime) -> Remark | Refusal:
    """Put what the office says about a delay into the public log; another remark may follow, none is taken back.

    The same words by the same person are said once.
    """
    said = clean(text)
    if not said or len(said) > LONGEST:
        return Refusal("invalid", f"Hãy nói vì sao, không quá {LONGEST} ký tự.", f"Say why, in {LONGEST} characters.")
    with acting(by):
        one_at_a_time(5005, str(seal))
        if same := Remark.objects.filter(seal=seal, text=said, by=by.actor.ref).first():
            return same
        late = delays.one(seal, at)
        if late is None or not Pool.objects.filter(pk=late.pool, province=by.scope).exists():
            return Refusal("invalid", "Không có lượt ra số chậm này.", "There is no such delay.")
        entry = entries.remark(pool=late.pool, seal=seal, at=at, by=by.scope, text=said)
        leaf = publish(entries.LOG, [entries.written(entry)])
        made = Remark(leaf=leaf, seal=seal, at=at, unit=by.scope, text=said, by=by.actor.ref)
        made.save(force_insert=True)
        enter(by, subject=f"plates-seal:{seal}", stream=f"pool:{late.pool}", at=at, remark=leaf)
    return made
