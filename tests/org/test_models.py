"""The database itself refuses areas, successions and units that cannot be; each test tries it in SQL, as the owner."""

from typing import Any

import psycopg
import pytest
from psycopg.errors import IntegrityError

AREA = (
    "insert into org_area (id, code, level, kind, name, search_key, parent_id, valid_from, valid_to) "
    "values (%(id)s, %(code)s, %(level)s, %(kind)s, 'X', 'x', %(parent)s, %(since)s, %(until)s)"
)
COMMUNE = {
    "id": "38-99999",
    "code": "99999",
    "level": "commune",
    "kind": "xa",
    "parent": "38",
    "since": None,
    "until": None,
}
UNIT = (
    "insert into org_unit (code, name, kind, parent_id, area_id, valid_from, valid_to) "
    "values (%(code)s, %(name)s, %(kind)s, %(parent)s, %(area)s, %(since)s, %(until)s)"
)
POLICE = {
    "code": "99999",
    "name": "Công an xã X",
    "kind": "commune",
    "parent": "38",
    "area": "38",
    "since": None,
    "until": None,
}
STEP = (
    'insert into org_areasuccessor (before_id, after_id, partial, resolution, "on") values (%s, %s, false, %s, now())'
)


def refused_by(connection: psycopg.Connection[Any], statement: str, values: Any) -> str | None:
    """The constraint that refuses the row; None if it would be taken (it never stays)."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement, values)
    except IntegrityError as problem:
        return problem.diag.constraint_name
    return None


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({}, None),
        ({"kind": "huyen"}, "area_kind_belongs_to_its_level"),
        ({"kind": "làng"}, "area_kind_belongs_to_its_level"),
        ({"level": "village"}, "area_code_has_the_length_of_its_level"),
        ({"code": "999"}, "area_code_has_the_length_of_its_level"),
        ({"parent": None}, "area_has_a_parent_unless_it_is_a_province"),
        ({"since": "2025-07-01", "until": "2025-06-30"}, "area_does_not_end_before_it_begins"),
        ({"code": "16531", "since": "2026-01-01"}, "area_code_has_one_holder_today"),
        ({"code": "16531", "until": "2025-06-30"}, "area_code_begins_once_on_a_day"),
        ({"code": "16531", "until": "2026-06-30", "since": "2025-07-01"}, "area_code_begins_once_on_a_day"),
    ],
)
def test_an_area_that_cannot_be_is_refused(
    owner_connection: psycopg.Connection[Any], change: dict[str, Any], constraint: str | None
) -> None:
    assert refused_by(owner_connection, AREA, COMMUNE | change) == constraint


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        (("38-16531", "38-16093-2025-07-01", "1/NQ"), None),
        (("38-16531", "38-16531", "1/NQ"), "areasuccessor_is_another_area"),
        (("38-16531", "38-16093-2025-07-01", ""), "areasuccessor_names_its_resolution"),
        (("38-16531", "38-16531-2025-07-01", "1/NQ"), "org_areasuccessor_pkey"),
    ],
)
def test_a_succession_that_cannot_be_is_refused(
    owner_connection: psycopg.Connection[Any], values: tuple[str, str, str], constraint: str | None
) -> None:
    assert refused_by(owner_connection, STEP, values) == constraint


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({}, None),
        ({"code": ""}, "unit_has_a_code_and_a_name"),
        ({"name": ""}, "unit_has_a_code_and_a_name"),
        ({"kind": "army"}, "unit_kind_is_known"),
        ({"parent": None}, "unit_has_a_parent_unless_it_is_the_province"),
        ({"kind": "province"}, "unit_has_a_parent_unless_it_is_the_province"),
        ({"area": None}, "unit_has_an_area_unless_it_is_a_department"),
        ({"kind": "department"}, "unit_has_an_area_unless_it_is_a_department"),
        ({"since": "2025-07-01", "until": "2025-06-30"}, "unit_does_not_end_before_it_begins"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(
    owner_connection: psycopg.Connection[Any], change: dict[str, Any], constraint: str | None
) -> None:
    assert refused_by(owner_connection, UNIT, POLICE | change) == constraint
