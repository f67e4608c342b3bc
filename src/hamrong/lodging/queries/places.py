"""Questions about establishments that several pages ask."""

from hamrong.access.actors import Grant
from hamrong.lodging.models import CodeSeries
from hamrong.lodging.queries import visible


def any_exist() -> bool:
    """Whether any establishment was ever given a code; says nothing about which."""
    return CodeSeries.objects.exists()


def names(by: Grant) -> set[str]:
    """The names of all establishments within the grant."""
    return set(visible.establishments(by).values_list("name", flat=True))
