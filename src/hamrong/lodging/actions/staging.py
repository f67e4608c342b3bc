"""Many rows into the register at once: COPY to a temporary table, one INSERT from there, and what was known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from hamrong.lodging.columns import COLUMNS, RECEIPT_COLUMNS
from hamrong.lodging.lines import STAGED, Staged
from hamrong.lodging.models import Establishment

_list: Final = ", ".join
# Where a column that all rows of a batch share comes from; `%(name)s` is given once for the whole batch.
_SHARED: Final[Mapping[str, str]] = {
    "establishment": "%(establishment)s", "ward": "%(ward)s", "province": "%(province)s", "state": "'notified'",
    "version": "1", "departed_at": "null", "channel": "%(channel)s", "received_at": "%(at)s", "received_by": "%(by)s",
    "batch": "%(batch)s",
}  # fmt: skip
_RECEIPT: Final[Mapping[str, str]] = {
    "code": "s.receipt", "kind": "'stay'", "count": "1", "subject": "s.id", "replaced_by": "''", "withdrawn_at": "null",
    **{name: _SHARED[name] for name in ("establishment", "received_at", "version", "batch")},
}  # fmt: skip

MAKE: Final = f"""
create temporary table lodging_staging on commit drop as
  select {_list(STAGED)}, null::bytea as commitment from lodging_stay with no data
"""
COPY: Final = f"copy lodging_staging ({_list(STAGED)}, commitment) from stdin"
TAKE: Final = f"""
with stay as (
  insert into lodging_stay ({_list(COLUMNS)})
  select {_list(_SHARED.get(name, f"s.{name}") for name in COLUMNS)} from lodging_staging s order by s.row
  on conflict do nothing returning id
), receipt as (
  insert into lodging_receipt ({_list(RECEIPT_COLUMNS)})
  select {_list(_RECEIPT.get(name, f"s.{name}") for name in RECEIPT_COLUMNS)}
  from lodging_staging s join stay on stay.id = s.id
)
select id from stay
"""
KNOWN: Final = """
select s.row, o.id, o.receipt, o.night, case when o.batch = %(batch)s then o.row end
from lodging_staging s join lodging_stay o
  on o.establishment = %(establishment)s and o.night = s.night and o.document_type = s.document_type
  and o.document_index = s.document_index and o.state <> 'cancelled'
where s.row >= %(first)s and o.id <> s.id
"""
INDEX: Final = "create index on lodging_staging (night, document_type, document_index)"
TWICE: Final = """
select row, first from (
  select s.row, (select min(e.row) from lodging_staging e where e.night = s.night and e.document_type = s.document_type
                 and e.document_index = s.document_index) as first
  from lodging_staging s where s.row >= %(first)s
) compared where first < row
"""


class Known(NamedTuple):
    """The notification that a row repeats; `row` where it stands in the same batch."""

    stay: UUID | None
    receipt: str | None
    night: date
    row: int | None = None


class Gone(RuntimeError):
    """The notification that a row repeated was cancelled at the same moment; the batch is to be taken in again."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The temporary table of one batch, within its transaction."""

    cursor: CursorWrapper
    shared: Mapping[str, Any]

    def fill(self, rows: Sequence[Staged]) -> None:
        """Add rows to the table."""
        with self.cursor.copy(COPY) as copy:
            copy.write("\n".join([row.line for row in rows]) + "\n")

    def take(self, rows: Sequence[Staged]) -> Mapping[int, Known]:
        """Keep every row and its receipt, except for those that are notified already: these are answered."""
        if not rows:
            return {}
        self.cursor.execute("truncate lodging_staging")
        self.fill(rows)
        for month in {row.checked.night.replace(day=1) for row in rows}:
            self.cursor.execute("select lodging_open_month(%s)", [month])
        self.cursor.execute(TAKE, self.shared)
        taken = {found for (found,) in self.cursor.fetchall()}
        if len(taken) == len(rows):
            return {}
        known = self._known(rows)
        if any(row.id not in taken and row.row not in known for row in rows):
            raise Gone
        return known

    def compare(self, rows: Sequence[Staged]) -> Mapping[int, Known]:
        """Which rows are notified already, or repeat an earlier row of the file; nothing is kept.

        The rows of earlier calls stay in the table to be compared with.
        """
        if not rows:
            return {}
        self.fill(rows)
        self.cursor.execute(TWICE, {"first": rows[0].row})
        nights = {row.row: row.checked.night for row in rows}
        known = {row: Known(None, None, nights[row], first) for row, first in self.cursor.fetchall()}
        return known | self._known(rows)

    def _known(self, rows: Sequence[Staged]) -> dict[int, Known]:
        self.cursor.execute(KNOWN, {**self.shared, "first": rows[0].row})
        return {row: Known(*rest) for row, *rest in self.cursor.fetchall()}


def staging(place: Establishment, *, batch: UUID, channel: str, by: str, at: datetime) -> Staging:
    """A new temporary table; it goes with its transaction."""
    cursor = connection.cursor()
    cursor.execute("drop table if exists lodging_staging")
    cursor.execute(MAKE)
    cursor.execute(INDEX)
    shared = {
        "establishment": place.code, "ward": place.ward, "province": place.province, "channel": channel, "by": by,
        "at": at, "batch": batch,
    }  # fmt: skip
    return Staging(cursor, shared)
