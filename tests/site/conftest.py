"""A server of one test alone, for tests about servers."""

import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from hamrong.site.postgres import FAST, Cluster


@pytest.fixture
def free_port():
    """A function that finds a port nobody uses."""

    def find():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    return find


@pytest.fixture
def open_folder():
    """Not pytest's own folder: as root the server is another user, who cannot come into that."""
    path = Path(tempfile.mkdtemp(prefix="hamrong-site-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def fresh_cluster(open_folder, cluster, free_port):
    """An empty server on a TCP port, as somebody else's server would be."""
    fresh = Cluster(open_folder / "pg", cluster.passwords, port=free_port(), options=FAST)
    fresh.start()
    yield fresh
    fresh.stop()
