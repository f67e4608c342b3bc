"""A log of plates as it is published, for the programs that anybody can run."""

import pytest

from tests.plates.logs import a_log


@pytest.fixture(scope="module")
def log():
    return a_log()


@pytest.fixture(scope="module")
def published(log, tmp_path_factory):
    folder = tmp_path_factory.mktemp("log")
    log.write(folder)
    return folder
