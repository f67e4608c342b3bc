"""One installation for all the faults of a run."""

from collections.abc import Iterator

import pytest

from tests.faults.installation import Installation, installed


@pytest.fixture(scope="session")
def home() -> Iterator[Installation]:
    with installed() as home:
        yield home
