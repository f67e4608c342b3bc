"""What this room itself knows of the fields of a new paper."""

from collections.abc import Mapping
from datetime import date

from hamrong.access.actors import Grant
from hamrong.papers import queries
from hamrong.papers.catalog import form
from hamrong.papers.issuers import issuer
from hamrong.papers.models import Paper
from hamrong.papers.subjects import Known, Subject
from hamrong.ui.formats import day as written

EARLIER = {
    "van_ban_tam_dinh_chi": (("kn-tam-dinh-chi", "tc-tam-dinh-chi"), ()),
    "van_ban_bao_ve": (("tc-bao-ve",), ("tc-cham-dut-bao-ve",)),
}  # fmt: skip
"""Fields that name an earlier paper of the same object: its forms, and those after which it is over."""


def known(by: Grant, to: Subject, day: date) -> Mapping[str, Known]:
    """Place and head of the unit, the day itself, and the earlier decision on which a paper goes back."""
    body = issuer(to.unit, to.province)
    found = {
        "dia_danh": Known(body.place), "nguoi_giai_quyet": Known(f"{body.head} {body.name}"),
        "ngay_hieu_luc": Known(written(day)),
    }  # fmt: skip
    signed = queries.signed(by, to.ref)
    for name, (forms, over) in EARLIER.items():
        last = signed.filter(form__in=(*forms, *over)).first()
        if last and last.form in forms:
            found[name] = Known(cited(last))
    return found


def cited(paper: Paper) -> str:
    """A signed paper as another one names it: "Quyết định số 08/QĐ-CAT ngày 10/11/2026"."""
    kind = form(paper.form).vi.split(" ", 2)
    return f"{' '.join(kind[:2])} số {document(paper)}".replace(", ", " ngày ")


def document(paper: Paper) -> str:
    """Number and day of a signed paper, as they are put on record: `08/QĐ-CAT, 10/11/2026`."""
    assert paper.signed_at is not None, "only a signed paper is cited"
    return f"{number_of(paper)}, {written(paper.signed_at)}"


def number_of(paper: Paper) -> str:
    """`12/TB-CAP`; a dash before it is signed."""
    return f"{paper.number:02d}/{paper.symbol}" if paper.number else "–"
