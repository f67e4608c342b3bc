"""Servers for tests about servers: of one test alone, or of all that may find a house in which somebody has lived."""

import datetime as dt
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hamrong.site.postgres import FAST, Cluster
from tests.site.commands.test_unusable import hamrong
from tests.site.running import Running


@pytest.fixture(scope="session")
def free_port():
    """A function that finds a port nobody uses."""

    def find():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    return find


@contextmanager
def a_folder() -> Iterator[Path]:
    """Not pytest's own folder: as root the server is another user, who cannot come into that."""
    path = Path(tempfile.mkdtemp(prefix="hamrong-site-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@contextmanager
def a_cluster(folder: Path, passwords, port: int) -> Iterator[Cluster]:
    """An empty server on a TCP port, as somebody else's server would be."""
    fresh = Cluster(folder / "pg", passwords, port=port, options=FAST)
    fresh.start()
    yield fresh
    fresh.stop()


@contextmanager
def a_site(folder: Path, port: int) -> Iterator[Running]:
    """`hamrong up`, not started yet; whatever becomes of it, it is stopped at the end."""
    running = Running(folder, port)
    yield running
    if running.runs():
        running.end(signal.SIGTERM)


@pytest.fixture
def open_folder():
    with a_folder() as path:
        yield path


@pytest.fixture
def fresh_cluster(open_folder, cluster, free_port):
    with a_cluster(open_folder, cluster.passwords, free_port()) as fresh:
        yield fresh


@pytest.fixture
def site(open_folder, free_port):
    with a_site(open_folder, free_port()) as site:
        yield site


@pytest.fixture(scope="session")
def kept_house(free_port):
    with a_folder() as folder, a_site(folder, free_port()) as site:
        site.demo = hamrong("demo", VAR=site.environ["VAR"])
        yield site


@pytest.fixture
def house(kept_house):
    """`hamrong up`, running: its state folder was empty once, and `hamrong demo` filled it once for all who ask."""
    kept_house.go_on()
    return kept_house


@pytest.fixture(scope="session")
def kept_house_elsewhere(cluster, free_port):
    with (
        a_folder() as folder,
        a_cluster(folder, cluster.passwords, free_port()) as fresh,
        a_site(folder, free_port()) as site,
    ):
        site.environ["DATABASE_URL"] = fresh.tcp_url(database="postgres")
        site.environ["VAR"] += "/state"
        yield site, fresh


@pytest.fixture
def house_elsewhere(kept_house_elsewhere):
    """(`hamrong up`, running; the server that it was given with an administrator's address, empty once)."""
    kept_house_elsewhere[0].go_on()
    return kept_house_elsewhere


@pytest.fixture
def certificate(tmp_path):
    """(certificate, key) files in PEM for `localhost`, signed by itself, for one day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pkcs8 = serialization.PrivateFormat.PKCS8
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, serialization.NoEncryption()))
    return files
