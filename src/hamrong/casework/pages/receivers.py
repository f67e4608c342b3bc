"""To which units a case can be offered, and why not to the others: a search among all of them, ended ones too."""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.cases import along
from hamrong.cases.models import Case
from hamrong.casework.forms import OfferForm
from hamrong.casework.pages.frame import unit_choices
from hamrong.kernel.vietnamese import fold
from hamrong.org.models import Unit
from hamrong.org.queries import ended_like, standing_heirs
from hamrong.ui.answers import words
from hamrong.ui.formats import day

Choices = list[tuple[str, str]]
F = TypeVar("F", bound=OfferForm)

MOST: Final = 8
"""Units that a search shows."""


class Unable(NamedTuple):
    """A unit to which the case cannot be offered: what it is called, and why not."""

    name: str
    why: str


def receivers(by: Grant, case: Case) -> tuple[Choices, Mapping[str, Unable]]:
    """Units to which a case can be offered today, and the others with the reason."""
    every = unit_choices(timezone.localdate(), but=case.unit)
    refused = along.may_not_receive(by, case, [code for code, _name in every])
    able = [(code, name) for code, name in every if code not in refused]
    return able, {code: Unable(name, words(refused[code])) for code, name in every if code in refused}


def sought(request: HttpRequest, form: type[F], able: Choices) -> F:
    """The form as it was sent; where only a unit was looked for, with all that was typed and without a word of error.

    One unit found is chosen.
    """
    if request.POST.get("do") != "seek":
        return form(able, request.POST or None)
    found = _like(request, able)
    typed = {**request.POST.dict(), **({"receiver": found[0][0]} if len(found) == 1 else {})}
    return form(able, initial=typed)


def found_units(request: HttpRequest, able: Choices, unable: Mapping[str, Unable]) -> list[tuple[str, str]] | None:
    """(name, what to do) of the units that were looked for; None where none was."""
    text = request.POST.get("seek", "").strip()
    if request.POST.get("do") != "seek" or not fold(text):
        return None
    found = [(name, _("Chọn được trong danh sách ở trên.")) for _code, name in _like(request, able)]
    found += [(each.name, each.why) for each in unable.values() if fold(text) in fold(each.name)]
    found += [(each.name, _ended(each)) for each in ended_like(text, timezone.localdate(), MOST)]
    return found[:MOST]


def _like(request: HttpRequest, able: Choices) -> Choices:
    text = fold(request.POST.get("seek", ""))
    return [one for one in able if text and text in fold(one[1])]


def _ended(each: Unit) -> str:
    last = _("Đã kết thúc, ngày cuối %(day)s.") % {"day": day(each.valid_to) if each.valid_to else "–"}
    now = sorted(one.name for one in standing_heirs(each, timezone.localdate()))
    return f"{last} " + _("Nay là: %(units)s.") % {"units": ", ".join(now)} if now else last
