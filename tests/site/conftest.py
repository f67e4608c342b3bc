"""A server of one test alone, for tests about servers."""

import datetime as dt
import shutil
import signal
import socket
import tempfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hamrong.site.postgres import FAST, Cluster
from tests.site.running import Running


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


@pytest.fixture
def site(open_folder, free_port):
    """`hamrong up`, not started yet; whatever becomes of it, it is stopped at the end."""
    running = Running(open_folder, free_port())
    yield running
    if running.process is not None and running.process.poll() is None:
        running.end(signal.SIGTERM)
