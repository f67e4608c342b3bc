"""Webhooks: what may be told, how it is signed, and that nobody is led inside."""

import base64
import hashlib
import hmac
import http.server
import json
import secrets
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hamrong.access.actors import Grant, Refusal, Target, keeper
from hamrong.access.walls import acting
from hamrong.law import VIETNAM
from hamrong.lodging import jobs, telling
from hamrong.lodging.actions import batches, deliveries, webhooks
from hamrong.lodging.models import Delivery, Establishment
from hamrong.lodging.queries import catalogs
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import client, code_of

HOST = "pms.example.com"


@dataclass
class Receiver:
    """A server of our own with a certificate for HOST; keeps what it was sent, and answers `status`."""

    port: int
    trust: ssl.SSLContext
    status: int = 204
    seen: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/hook?a=1"


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    certificate = a_certificate(tmp_path)
    receiver = Receiver(0, ssl.create_default_context(cafile=str(certificate)))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.seen.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.send_header("Location", "https://10.0.0.1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield receiver
    server.shutdown()


def a_certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def home(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def to(receiver: Receiver) -> deliveries.Send:
    """Sending as it is done, but to our own receiver, which is not on the Internet."""
    return lambda **given: telling.send(
        **{**given, "url": receiver.url}, resolve=home, allowed=lambda address: True, trust=receiver.trust
    )


def manager(place: Establishment) -> Grant:
    return world.as_host(place, "webhook.manage")


def registered(place: Establishment, events: tuple[str, ...] = ("batch.completed",)) -> str:
    made = webhooks.register(by=manager(place), url="https://pms.example.com/hook", events=events, at=world.NOW)
    assert not isinstance(made, Refusal)
    return made[1]


def told(place: Establishment, at: datetime = world.NOW) -> int:
    by = manager(place)
    with acting(by):
        return webhooks.tell(by=by, event="batch.completed", about={"batch": "b"}, at=at)


def delivered(place: Establishment) -> list[tuple[str, str, int]]:
    with acting(manager(place)):
        rows = Delivery.objects.filter(establishment=place.code).order_by("id")
        return list(rows.values_list("state", "last_status", "attempts"))


def deliver(at: datetime, send: deliveries.Send) -> None:
    grant = world.grant(keeper("webhook.deliver", at), "webhook.deliver", Target())
    while deliveries.deliver(by=grant, at=at, send=send):
        pass


def test_an_event_arrives_signed_with_the_secret_and_the_time(receiver: Receiver) -> None:
    place = world.an_establishment(rooms=0)
    secret = registered(place)
    assert told(place) == 1
    deliver(world.NOW, to(receiver))
    headers, body = receiver.seen[-1]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["host"] == f"{HOST}:{receiver.port}"
    assert delivered(place) == [("delivered", "204", 1)]


def handed_in(place: Establishment, mode: batches.Mode) -> batches.Batch:
    """A file of which nothing is kept, because one of its rows is wrong."""
    rows = [world.a_guest(), world.a_guest(), world.a_guest(full_name=None)]
    done = batches.submit(
        by=world.as_host(place, "batch.submit", role="machine"), place=place, data=msgspec.json.encode(rows),
        file_name="", media_type="application/json", mode=mode, atomicity="all", at=world.NOW,
    )  # fmt: skip
    assert isinstance(done, batches.Batch)
    return done


def test_rows_that_are_held_back_are_told_when_they_were_handed_in(receiver: Receiver) -> None:
    place = world.an_establishment(rooms=0)
    registered(place, ("stay.held",))
    handed_in(place, "validate")
    deliver(world.NOW, to(receiver))
    assert receiver.seen == []
    batch = handed_in(place, "submit")
    deliver(world.NOW, to(receiver))
    ((_, body),) = receiver.seen
    told = json.loads(body)
    assert (told["type"], told["data"]) == ("stay.held", {"batch": str(batch.pk), "held": 2})


def tell_catalogs(etags: dict[str, str]) -> list[str]:
    by = world.grant(keeper("webhook.deliver", world.NOW), "webhook.deliver", Target())
    return webhooks.tell_catalogs(by=by, etags=etags, at=world.NOW)


def test_a_catalogue_that_changed_is_told_once_to_whoever_wants_it(receiver: Receiver) -> None:
    name = f"test-{secrets.token_hex(4)}"
    place, other = world.an_establishment(rooms=0), world.an_establishment(rooms=0)
    registered(place, ("catalog.changed",))
    registered(other, ("batch.completed",))
    assert tell_catalogs({name: '"a"'}) == [], "seen for the first time, it has changed for nobody"
    assert tell_catalogs({name: '"a"'}) == []
    assert tell_catalogs({name: '"b"'}) == [name]
    assert tell_catalogs({name: '"b"'}) == []
    assert (len(delivered(place)), delivered(other)) == (1, [])
    deliver(world.NOW, to(receiver))
    bodies = [json.loads(body) for _, body in receiver.seen]
    assert {"catalogs": [{"name": name, "etag": '"b"'}]} in [each["data"] for each in bodies]
    assert {each["type"] for each in bodies} == {"catalog.changed"}


def test_the_tags_that_are_told_are_those_of_the_interface(live_server: Site) -> None:
    today = datetime.now(VIETNAM).date()
    jobs.tell_catalogs(0)
    etags = catalogs.etags(today)
    with client(live_server.url) as anybody:
        for name in ("reasons", "wards", "legacy-wards"):
            assert anybody.get(f"/catalogs/{name}?as_of={today}").headers["ETag"] == etags[name]
    assert tell_catalogs(dict(etags)) == [], "the job of every hour remembers them"


def test_only_who_wants_an_event_is_told() -> None:
    place = world.an_establishment(rooms=0)
    registered(place, ("catalog.changed",))
    assert told(place) == 0


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(receiver: Receiver) -> None:
    receiver.status, at = 500, world.NOW
    place = world.an_establishment(rooms=0)
    registered(place)
    told(place)
    deliver(at, to(receiver))
    assert delivered(place) == [("queued", "500", 1)]
    deliver(at, to(receiver))
    assert delivered(place) == [("queued", "500", 1)]
    for wait in deliveries.WAITS:
        at += wait
        deliver(at, to(receiver))
    assert delivered(place) == [("given_up", "500", len(deliveries.WAITS) + 1)]


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.status = 307
    place = world.an_establishment(rooms=0)
    registered(place)
    told(place)
    deliver(world.NOW, to(receiver))
    assert delivered(place) == [("queued", "307", 1)]
    assert len(receiver.seen) == 1


def test_an_ended_webhook_is_told_nothing(receiver: Receiver) -> None:
    place = world.an_establishment(rooms=0)
    registered(place)
    told(place)
    with acting(manager(place)):
        webhook = Delivery.objects.get(establishment=place.code).webhook_id
    assert not isinstance(webhooks.end(by=manager(place), webhook=webhook, at=world.NOW), Refusal)
    deliver(world.NOW, to(receiver))
    assert receiver.seen == []
    assert delivered(place) == [("given_up", "ended", 0)]


SEND = partial(
    telling.send, url="https://pms.example.com/hook", secret="whsec_" + base64.b64encode(b"k" * 32).decode(),
    identifier="msg_1", body="{}", at=world.NOW,
)  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff02::1"],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_connected_to(address: str) -> None:
    assert SEND(resolve=lambda host, port: [address]) == "not-public"


def test_one_address_inside_among_others_is_enough_to_refuse() -> None:
    assert SEND(resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"]) == "not-public"


def test_a_certificate_of_another_name_is_not_trusted(receiver: Receiver) -> None:
    send = partial(SEND, url=f"https://other.example.com:{receiver.port}/", resolve=home, trust=receiver.trust)
    assert send(allowed=lambda address: True) == "ConnectError"
    assert receiver.seen == []


def test_a_closed_port_is_told_in_a_word() -> None:
    send = partial(SEND, url="https://pms.example.com:1/", resolve=home, allowed=lambda address: True)
    assert send() == "ConnectError"


@pytest.mark.parametrize(
    "url",
    ["http://pms.example.com/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://2130706433/",
     "https://0x7f.1/", "https://pms.example.com:8443/", "https://me:secret@pms.example.com/", "https://pms.local/",
     "https://pms.example.com./", "https://pms.example.com\\@inside/", "ftp://pms.example.com/", "https://[bad/",
     "https://pms.example.com:x/"],
)  # fmt: skip
def test_an_address_that_is_not_plainly_public_is_refused(url: str) -> None:
    assert not webhooks.may_be_told(url)


def test_webhooks_are_made_listed_and_ended_over_the_interface(live_server: Site) -> None:
    wanted = {"url": "https://pms.example.com/hook", "events": ["batch.completed"]}
    with client(live_server.url, world.an_establishment(rooms=0)) as software:
        made = software.post("/webhooks", json=wanted)
        bad = software.post("/webhooks", json={**wanted, "url": "https://10.0.0.1/"})
        odd = software.post("/webhooks", json={**wanted, "events": ["everything"]})
        listed = software.get("/webhooks").json()["items"]
        ended = software.delete(f"/webhooks/{made.json()['id']}")
        again = software.delete(f"/webhooks/{made.json()['id']}")
        after = software.get("/webhooks").json()["items"]
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert (bad.status_code, code_of(bad)) == (422, "content.invalid")
    assert (odd.status_code, code_of(odd)) == (422, "content.invalid")
    assert [(each["id"], each["secret"]) for each in listed] == [(made.json()["id"], None)]
    assert (ended.status_code, again.status_code, after) == (204, 404, [])
