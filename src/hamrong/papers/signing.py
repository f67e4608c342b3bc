"""The seal of this installation, with which it signs PDFs (`pades`).

The demo's seal is a certificate that this installation signs for itself, with a P-256 key derived from the key
`papers`: every process has the same one, and nothing of it is in the repository. It proves that a paper comes from here
unchanged, and not to a stranger who we are: for that a certificate of the state's authority is needed, whose key lies
in a token (`tokens`, the setting `HAMRONG_SEAL_TOKEN`).
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from hamrong.kernel.seal.derive import derive
from hamrong.papers import tokens

log = logging.getLogger(__name__)

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (FIPS 186-5)."""

FIRST: Final = datetime(2026, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2036, 1, 1, tzinfo=UTC)


class NoTime(Exception):
    """The time stamping authority gave no stamp."""


class NoSeal(Exception):
    """The token with the key of the seal did not sign."""


def certificate() -> x509.Certificate:
    """The certificate of the seal; the same in every process of an installation."""
    token = settings.HAMRONG_SEAL_TOKEN
    return tokens.read(token).certificate if token else _made(bytes(settings.HAMRONG_KEYS["papers"]))[1]


@cache
def _made(secret: bytes) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    number = int.from_bytes(derive(secret, "papers/seal/v1", 48), "big") % (ORDER - 1) + 1
    key = ec.derive_private_key(number, ec.SECP256R1())
    name = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Hàm Rồng (chứng thư dùng thử)"),
        x509.NameAttribute(NameOID.COMMON_NAME, "Con dấu điện tử của hệ thống"),
    ])  # fmt: skip
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    serial = int.from_bytes(hashlib.sha256(name.public_bytes() + number.to_bytes(32, "big")).digest()[:15], "big")
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), serial, FIRST, LAST)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return key, built.sign(key, hashes.SHA256(), ecdsa_deterministic=True)


def signed(pdf: bytes, *, name: str, place: str) -> bytes:
    """The PDF with an invisible signature over all of it; `name` is who signed.

    With `HAMRONG_TIME_AUTHORITY` it bears that authority's time stamp; raises `NoTime` where it gives none, `NoSeal`
    where the token of `HAMRONG_SEAL_TOKEN` does not sign. The library is loaded for the first signature: most processes
    never sign, and it takes as long as half of the house.
    """
    pades, authority = import_module("hamrong.papers.pades"), settings.HAMRONG_TIME_AUTHORITY
    try:
        with _signer(pades) as by:
            done: bytes = pades.signed(pdf, by, name=name, place=place, authority=authority)
    except pades.NoStamp as silent:
        raise NoTime from silent
    except tokens.BadToken as error:
        log.error("the seal's token did not sign: %s", error)
        raise NoSeal from error
    return done


@contextmanager
def _signer(pades: Any) -> Iterator[Any]:
    """What signs: the key of the token where the setting names one, else the one of this installation."""
    token = settings.HAMRONG_SEAL_TOKEN
    if token:
        with import_module("hamrong.papers.pkcs11").signer(tokens.read(token)) as by:
            yield by
    else:
        yield pades.signer(*_made(bytes(settings.HAMRONG_KEYS["papers"])))
