"""Folding nights: one row an establishment and a night, from which the province reads instead of from the stays."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from hamrong.access.actors import Grant
from hamrong.access.walls import acting
from hamrong.lodging.nights import LOOKED_BACK, night_of

NIGHTS: Final = 3
"""Late notices come in for two days more, so the nights before tonight are folded again too."""

FOLD: Final = f"""
insert into lodging_nightsummary as kept
  (id, night, establishment, ward, province, stays, foreigners, late, going_on, nil, rooms, folded_at)
select gen_random_uuid(), n.night, e.code, e.ward, e.province, coalesce(s.stays, 0), coalesce(s.foreigners, 0),
  coalesce(s.late, 0), coalesce(g.going_on, 0), r.establishment is not null, coalesce(d.rooms, 0), %(at)s
from unnest(%(nights)s::date[]) as n(night)
cross join lodging_establishment e
left join (
  select night, establishment, count(*) as stays, count(*) filter (where kind = 'foreigner') as foreigners,
    count(*) filter (where not on_time) as late
  from lodging_stay where night = any(%(nights)s::date[]) and state <> 'cancelled' group by night, establishment
) s on s.night = n.night and s.establishment = e.code
left join (
  select each.night, establishment, count(*) as going_on
  from unnest(%(nights)s::date[]) as each(night) join lodging_stay stay
    on stay.last_night >= each.night and stay.night < each.night and stay.night >= each.night - {LOOKED_BACK.days}
  where state <> 'cancelled' and last_night > stay.night group by each.night, establishment
) g on g.night = n.night and g.establishment = e.code
left join lodging_nilreport r on r.night = n.night and r.establishment = e.code and r.withdrawn_at is null
left join (select establishment, count(*) as rooms from lodging_room group by establishment) d
  on d.establishment = e.code
where s.stays > 0 or g.going_on > 0 or r.establishment is not null
  or (e.state = 'active' and (e.decided_at at time zone 'Asia/Ho_Chi_Minh')::date <= n.night)
on conflict on constraint nightsummary_is_one_a_night do update set
  stays = excluded.stays, foreigners = excluded.foreigners, late = excluded.late, going_on = excluded.going_on,
  nil = excluded.nil,
  rooms = excluded.rooms, ward = excluded.ward, province = excluded.province, folded_at = excluded.folded_at
"""
STALE: Final = """
update lodging_nightsummary k set stays = 0, foreigners = 0, late = 0, going_on = 0, nil = false, folded_at = %(at)s
where night = any(%(nights)s::date[]) and folded_at < %(at)s and (stays > 0 or going_on > 0 or nil)
"""
"""A place that closed and whose last stay was cancelled is in no fold any more, and must not keep its numbers."""


def nights_to_fold(now: datetime) -> Sequence[date]:
    """Tonight and the nights that late notices still come in for."""
    return [night_of(now) - timedelta(days=back) for back in range(NIGHTS)]


def fold(*, by: Grant, nights: Sequence[date], at: datetime) -> int:
    """Count nights anew from stays, reports of none and rooms; answers how many rows were written.

    Folding twice changes nothing but the time of folding. Counts are no personal data and no act: nothing is entered.
    """
    told: dict[str, Any] = {"nights": list(nights), "at": at}
    with acting(by), connection.cursor() as cursor:
        cursor.execute(FOLD, told)
        rows: int = cursor.rowcount
        cursor.execute(STALE, told)
    return rows
