"""What whoever opened a case in an emergency reads of its petitions; what is sealed never."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.cases.models import Case
from hamrong.petitions.pages.petition import matter_of
from hamrong.petitions.pages.register import number_of
from hamrong.petitions.queries import reading, visible
from hamrong.ui.parts import Answer


def told(by: Grant, case: Case) -> Iterator[tuple[str, list[Answer]]]:
    """Heading and lines of every petition of the case that is neither sealed nor destroyed."""
    for one in visible.of_case(by, case):
        yield _("Đơn số %(number)s") % {"number": number_of(one)}, matter_of(reading.opened(one))
