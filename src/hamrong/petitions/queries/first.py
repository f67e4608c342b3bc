"""The first matter of a second complaint or a re-denunciation, by whatever number somebody has of it."""

import re
from typing import Final

from hamrong.access.actors import Grant, Refusal
from hamrong.cases.models import Case
from hamrong.cases.queries import visible as cases
from hamrong.kernel.seal import followup
from hamrong.petitions.queries import visible
from hamrong.sealed.actions.reports import ticket_of

LINE: Final = re.compile(r"(\d{1,7})/(\d{4})")
NONE: Final = Refusal("invalid", "Không có vụ việc lần đầu với số, mã này.", "No first matter has that number or code.")
SEVERAL: Final = Refusal(
    "invalid", "Nhiều đơn vị có đơn mang số này. Hãy ghi mã hồ sơ.",
    "Several units have a petition of that number. Give the code of the case.",
)  # fmt: skip


def first_matter(by: Grant, told: str) -> Case | Refusal:
    """The case of a code, of a line of the register (`12/2026`) or of a follow-up code, within the grant."""
    text = told.strip()
    if found := cases.cases(by).filter(code=text.upper()).first():
        return found
    rows = visible.petitions(by).filter(case__isnull=False).select_related("case")
    if line := LINE.fullmatch(text):
        several = list(rows.filter(number=int(line[1]), year=int(line[2]))[:2])
        return NONE if not several else SEVERAL if len(several) > 1 else several[0].case or NONE
    code = followup.read(text)
    row = rows.filter(ticket=ticket_of(code)).first() if code else None
    return (row.case if row else None) or NONE
