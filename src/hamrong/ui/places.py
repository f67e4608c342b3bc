"""Where a page lies in the navigation: what the page says, and what the layout's navigation reads."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.functional import Promise

Entry = tuple[str, str | Promise, str, bool, int]
"""Address, label, icon, whether it is the present page, and how many wait there."""

HERE, MORE = "hamrong_here", "hamrong_more"


def lies_at(request: HttpRequest, here: str, more: Sequence[Entry] = ()) -> None:
    """The page belongs to the entry of address `here`; `more` entries come after those of the reader's posts."""
    setattr(request, HERE, here)
    setattr(request, MORE, more)


def place_of(request: HttpRequest) -> str:
    """The address that the present page belongs to: its own where it said nothing."""
    return str(getattr(request, HERE, "") or request.path)


def more_of(request: HttpRequest) -> Sequence[Entry]:
    """The entries that the page itself adds."""
    found: Sequence[Entry] = getattr(request, MORE, ())
    return found
