"""Where a page of stays begins, as its address has it: the night and the id of the last stay before, `night.id`."""

from datetime import datetime
from uuid import UUID

from hamrong.lodging.queries.hosts import Cursor


def read_cursor(text: str) -> Cursor | None:
    """The stay that `YYYY-MM-DD.id` names; None for anything else."""
    night, _dot, identifier = text.partition(".")
    try:
        return datetime.strptime(night, "%Y-%m-%d").date(), UUID(identifier)
    except ValueError:
        return None


def written_cursor(cursor: Cursor | None) -> str:
    """The same for an address; nothing for the end of a list."""
    return f"{cursor[0].isoformat()}.{cursor[1]}" if cursor else ""
