"""With a time stamping authority every signature bears its stamp (PAdES-T); without its answer nothing is signed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from hamrong.access.walls import acting
from hamrong.papers import signing
from hamrong.papers.actions.drafting import NO_TIME, sign
from tests.papers.test_drafting import NOON, SIGNATURE, a_draft, chief, complaint, pdf, signed


def _authority() -> tuple[asn1_x509.Certificate, keys.PrivateKeyInfo]:
    """A certificate for stamps and its key, invented for this test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)  # the stamper of the library knows no other
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Giờ Bịa")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1964, now - timedelta(1), now + timedelta(3650))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return asn1_x509.Certificate.load(made.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(plain)


@contextmanager
def authority(monkeypatch, certificate: asn1_x509.Certificate, key: keys.PrivateKeyInfo) -> Iterator[None]:
    """A server on this machine that stamps by RFC 3161, and the setting that names it."""
    stamper = DummyTimeStamper(certificate, key)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            given = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(given)

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(settings, "HAMRONG_TIME_AUTHORITY", f"http://127.0.0.1:{server.server_port}/tsr")
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def status_of(given: bytes, clock: asn1_x509.Certificate | None = None):
    """What a reader that trusts our seal, and this authority, finds of the signature of a PDF."""
    ours = asn1_x509.Certificate.load(signing.certificate().public_bytes(Encoding.DER))
    trusted, stamps = (ValidationContext(trust_roots=[one], allow_fetching=False) for one in (ours, clock or ours))
    made = PdfFileReader(BytesIO(given)).embedded_signatures[0]
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(validate_pdf_signature, made, trusted, stamps).result()


def test_a_signature_bears_the_stamp_of_the_authority_that_is_set(monkeypatch):
    certificate, key = _authority()
    with authority(monkeypatch, certificate, key):
        found = status_of(pdf(signed(a_draft(complaint()[1]))), certificate)
    stamp = found.timestamp_validity
    assert found.bottom_line and stamp.valid and stamp.trusted
    assert abs(stamp.timestamp - datetime.now(UTC)) < timedelta(hours=1)


def test_without_an_authority_a_signature_is_made_offline_and_has_no_stamp():
    found = status_of(pdf(signed(a_draft(complaint()[1]))))
    assert found.bottom_line and found.timestamp_validity is None


def test_where_the_authority_is_silent_nothing_is_signed_and_no_number_is_lost(monkeypatch):
    to = complaint()[1]
    before, paper = signed(a_draft(to)).number, a_draft(to)
    with monkeypatch.context() as silent:
        silent.setattr(settings, "HAMRONG_TIME_AUTHORITY", "http://127.0.0.1:9/")
        with acting(chief("paper.sign")) as by:  # a page's transaction goes on afterwards
            assert sign(by=by, paper=paper, revision=1, signature=SIGNATURE, at=NOON) == NO_TIME
    assert signed(paper).number == before + 1
