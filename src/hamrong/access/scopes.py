"""From a grant to the rows of its scope: one explicit WHERE, equal to the policy that row-level security holds."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model, QuerySet

from hamrong.access.actors import Grant

M = TypeVar("M", bound=Model)


class NoScope(ValueError):
    """A query was started with a grant that has no scope over what it asks for."""


def column_of(by: Grant, columns: Mapping[str, str]) -> str:
    """The column that holds the grant's scope, of those by which rows belong to somebody (kind of scope → column)."""
    if by.scope_kind not in columns or not by.scope:
        raise NoScope(by.act)
    return columns[by.scope_kind]


def within(rows: QuerySet[M], by: Grant, columns: Mapping[str, str]) -> QuerySet[M]:
    """Those rows that belong to the grant's scope."""
    return rows.filter(**{column_of(by, columns): by.scope})
