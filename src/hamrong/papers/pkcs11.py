"""Signs with a key in a token (PKCS#11); loaded by `signing` only where the setting names one."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11 import PKCS11Error
from pkcs11.exceptions import NoSuchKey, NoSuchToken
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from hamrong.papers.tokens import BadToken, Seal

ONE: Final = Lock()
"""A token signs one after another; several threads of a process would log each other out."""


@contextmanager
def signer(seal: Seal) -> Iterator[PKCS11Signer]:
    """What signs with the key of a token, while its session is open; raises `BadToken` where the token refuses."""
    loaded = [asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in seal.chain]
    with ONE:
        try:
            with open_pkcs11_session(
                str(seal.module), token_criteria=TokenCriteria(label=seal.token), user_pin=seal.pin()
            ) as session:
                yield PKCS11Signer(session, signing_cert=loaded[0], ca_chain=loaded[1:], key_label=seal.key)
        except (PKCS11Error, NoSuchKey, NoSuchToken, SigningError) as error:
            raise BadToken(f"{type(error).__name__} {error}".strip()) from error
