"""A year's applications for given plates in numbers: by kind and by office, in time and late; nobody's name."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.org.queries import unit
from hamrong.plates.pages.frame import desk_page
from hamrong.plates.queries import after
from hamrong.plates.queries.after import Tally
from hamrong.plates.wording import act_word
from hamrong.ui.parts import Column, Link, Row, Table


def tally_table(tallies: Sequence[Tally], head: str, word: Any) -> Table:
    """A year's applications by something: how many in time and how many late."""
    columns = [
        Column(head), Column(_("Hồ sơ đã nhận"), "number"), Column(_("Xong đúng hạn"), "number"),
        Column(_("Quá hạn"), "number"), Column(_("Chưa xong"), "number"), Column(_("Đã hủy"), "number"),
    ]  # fmt: skip
    rows = [Row([word(one.key), *one[1:]]) for one in tallies]
    return Table(
        _("Trong năm"), columns, rows, empty=_("Năm nay chưa có việc nào"), caption_seen=False,
        name="tally",
    )  # fmt: skip


@require_safe
@guarded("plate.tally", "province")
def province_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the offices did with given plates this year, by kind and by office, and who is late."""
    now = timezone.now()
    year = timezone.localdate(now).year
    by_act, by_ward = (after.tallies(grant, key, year, now) for key in ("act", "ward"))
    enter(grant, subject=f"province:{grant.scope}", at=now, acts=sum(one.asked for one in by_act))
    return desk_page(
        request, grant, "given_province", year=year, late=after.late(grant, now),
        acts=tally_table(by_act, _("Việc"), act_word),
        offices=tally_table(by_ward, _("Đơn vị"), lambda code: named.name if (named := unit(code)) else code),
        crumbs=[Link(_("Kho biển số"), reverse("plates:stock")), Link(_("Biển đã cấp"))],
    )  # fmt: skip
