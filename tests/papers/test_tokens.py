"""The seal's key in a token (PKCS#11): what describes it, papers that it signs, and what is said where it does not."""

import logging
import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.conf import settings

from hamrong.access.walls import acting
from hamrong.papers import signing, tokens
from hamrong.papers.actions.drafting import NO_SEAL, sign
from hamrong.site.checks import seal_is_ready
from tests.papers.test_drafting import NOON, SIGNATURE, a_draft, chief, complaint, pdf, signed
from tests.papers.test_stamping import status_of

DRIVERS = (
    os.environ.get("SOFTHSM2_MODULE"), "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
)  # fmt: skip
"""Where SoftHSM, a token in software, is found: said by the environment, Debian, Fedora."""
PIN = "1964"


def a_key() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """A key and a certificate that says it is the seal of an invented office."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Con dấu Bịa")]), datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1964, now - timedelta(1), now + timedelta(365))
    return key, made.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def described(folder: Path, made: x509.Certificate, driver: str = "", **changes: str) -> Path:
    """The file that describes a token, with what it names; a driver that is none where none is given."""
    (folder / "driver.so").write_bytes(b"")
    (folder / "seal.pin").write_text(f"{PIN}\n")
    (folder / "seal.pem").write_bytes(made.public_bytes(Encoding.PEM))
    told = {
        "module": driver or str(folder / "driver.so"), "token": "Hàm Rồng", "key": "con dau",
        "pin_file": str(folder / "seal.pin"), "certificate": str(folder / "seal.pem"),
    } | changes  # fmt: skip
    path = folder / "seal.toml"
    path.write_text("".join(f'{name} = "{value}"\n' for name, value in told.items() if value), "utf-8")
    return path


def test_a_file_that_describes_no_token_is_refused_in_words_before_the_house_serves(tmp_path, monkeypatch):
    _key, certificate = a_key()
    good = tokens.read(described(tmp_path, certificate))
    assert (good.token, good.pin(), good.certificate) == ("Hàm Rồng", PIN, certificate)
    for changes, says in (
        ({"pin": PIN}, "look at pin"), ({"key": ""}, "look at key"), ({"module": "/no/such.so"}, "no driver"),
        ({"pin_file": "/no/such"}, "PIN cannot be read"),
        ({"certificate": str(tmp_path / "seal.pin")}, "no certificate"),
    ):  # fmt: skip
        monkeypatch.setattr(settings, "HAMRONG_SEAL_TOKEN", described(tmp_path, certificate, **changes))
        (told,) = seal_is_ready()
        assert says in told.msg and told.is_serious()
    with pytest.raises(tokens.BadToken, match="is for"):
        tokens.read(described(tmp_path, certificate), datetime.now(UTC) + timedelta(366))
    monkeypatch.setattr(settings, "HAMRONG_SEAL_TOKEN", described(tmp_path, certificate))
    assert seal_is_ready() == []


def test_where_the_token_does_not_sign_nothing_is_signed_and_no_number_is_lost(tmp_path, monkeypatch, caplog):
    to = complaint()[1]
    before, paper = signed(a_draft(to)).number, a_draft(to)
    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(settings, "HAMRONG_SEAL_TOKEN", described(tmp_path, a_key()[1]))  # its driver is no library
        with acting(chief("paper.sign")) as by:
            assert sign(by=by, paper=paper, revision=1, signature=SIGNATURE, at=NOON) == NO_SEAL
    assert "token did not sign" in caplog.text and PIN not in caplog.text
    assert signed(paper).number == before + 1


def test_a_paper_is_signed_by_the_key_in_the_token_and_no_other(tmp_path, monkeypatch):
    driver = next(each for each in DRIVERS if each and Path(each).is_file())
    key, certificate = a_key()
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\n")
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    util = ["softhsm2-util", "--module", driver, "--token", "Hàm Rồng", "--pin", PIN]
    init = ["softhsm2-util", "--module", driver, "--init-token", "--free", "--label", "Hàm Rồng"]
    subprocess.run([*init, "--so-pin", PIN, "--pin", PIN], check=True, capture_output=True)
    subprocess.run([*util, "--import", str(tmp_path / "key.pem"), "--label", "con dau", "--id", "01"], check=True,
                   capture_output=True)  # fmt: skip
    monkeypatch.setattr(settings, "HAMRONG_SEAL_TOKEN", described(tmp_path, certificate, driver))
    assert signing.certificate() == certificate
    found = status_of(pdf(signed(a_draft(complaint()[1]))))
    assert found.bottom_line and found.signing_cert.subject.native == {"common_name": "Con dấu Bịa"}
    for changes in ({"key": "khac"}, {"token": "khac"}):
        monkeypatch.setattr(settings, "HAMRONG_SEAL_TOKEN", described(tmp_path, certificate, driver, **changes))
        with acting(chief("paper.sign")) as by:
            paper = a_draft(complaint()[1])
            assert sign(by=by, paper=paper, revision=1, signature=SIGNATURE, at=NOON) == NO_SEAL
