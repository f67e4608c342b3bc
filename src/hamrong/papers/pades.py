"""Signs a PDF as PAdES (ETSI EN 319 142); loaded by `signing` for the first signature."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Final

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

NoStamp = TimestampRequestError
"""The time stamping authority gave no stamp."""

FIELD: Final = "ChuKySo"
PATIENCE: Final = 10
"""Seconds that a time stamping authority has for an answer."""


def signed(pdf: bytes, by: Signer, *, name: str, place: str, authority: str = "") -> bytes:
    """The PDF with an invisible signature over all of it; `name` is who signed.

    With the address of an `authority` (RFC 3161) the signature bears its time stamp (PAdES-T), and `NoStamp` is raised
    where it gives none.
    """
    told = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=name, location=place
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    clock = HTTPTimeStamper(authority, timeout=PATIENCE) if authority else None
    signer = PdfSigner(told, by, timestamper=clock, new_field_spec=SigFieldSpec(FIELD))
    # pyHanko runs an event loop of its own, and the caller's thread may have one already
    with ThreadPoolExecutor(1) as aside:
        return bytes(aside.submit(signer.sign_pdf, writer, output=BytesIO()).result().getvalue())


def signer(key: ec.EllipticCurvePrivateKey, made: x509.Certificate) -> Signer:
    """What signs with a key at hand and its certificate."""
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    loaded = asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
    store = SimpleCertificateStore()
    store.register(loaded)
    return SimpleSigner(signing_cert=loaded, signing_key=asn1_keys.PrivateKeyInfo.load(plain), cert_registry=store)
