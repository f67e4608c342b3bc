"""Registers (sổ): a number without gaps for each decision, given in the transaction that signs it."""

from datetime import datetime

from django.db import connection

from hamrong.cases.models import Case, Fact, Number
from hamrong.law import VIETNAM

NEXT = """
insert into cases_register as r (register, unit, year, province, last) values (%s, %s, %s, %s, 1)
on conflict on constraint cases_register_pkey do update set last = r.last + 1 returning last
"""


def give_number(case: Case, fact: Fact, register: str, at: datetime) -> Number:
    """The next number of a unit's register of the year; the row is locked until the act commits, so none is lost."""
    year = at.astimezone(VIETNAM).year
    number = next_number(register, case.unit, year, case.province)
    return Number.objects.create(
        register=register, unit=case.unit, year=year, number=number, fact=fact, case=case, province=case.province,
        given_at=at,
    )  # fmt: skip


def next_number(register: str, unit: str, year: int, province: str) -> int:
    """The next number of a register; whoever asks writes it down in the same transaction, or none is missing."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [register, unit, year, province])
        (number,) = cursor.fetchone()
    return int(number)
