"""Sending one webhook safely: over TLS to a public address only, signed, and never led elsewhere."""

import base64
import hashlib
import hmac
import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

TIMEOUT: Final = httpx.Timeout(10, connect=5)
ENOUGH: Final = 1024
"""Bytes of the answer that are read; its content is of no interest."""

Resolve = Callable[[str, int], Sequence[str]]
Allowed = Callable[[str], bool]


def signature(secret: str, identifier: str, at: datetime, body: str) -> str:
    """`v1,` and the base64 HMAC-SHA-256 over `id.timestamp.body` (Standard Webhooks); `at` counts in whole seconds."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{identifier}.{int(at.timestamp())}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet: not private, local, shared, multicast or mapped to such."""
    found = ipaddress.ip_address(address)
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return (
        found.is_global and not found.is_multicast and (inner is None or (inner.is_global and not inner.is_multicast))
    )


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def send(
    *,
    url: str,
    secret: str,
    identifier: str,
    body: str,
    at: datetime,
    resolve: Resolve = resolve,
    allowed: Allowed = is_public,
    trust: ssl.SSLContext | bool = True,
) -> str:
    """Post one event; answers the status (`200`), or in a word why it was not sent or not answered.

    The name is resolved once, every address must be allowed, and the connection goes to the address that was looked at,
    so that a name that changes in between leads nowhere else. Redirects are not followed.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        addresses = resolve(host, port)
    except OSError:
        return "no-address"
    if not addresses or not all(allowed(address) for address in addresses):
        return "not-public"
    place = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "User-Agent": "hamrong-webhooks/1",
        "webhook-id": identifier,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature(secret, identifier, at, body),
    }
    address = f"https://{place}:{port}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    return _post(address, host, headers, body, trust)


def _post(address: str, host: str, headers: dict[str, str], body: str, trust: ssl.SSLContext | bool) -> str:
    named = {"sni_hostname": host}
    try:
        with (
            httpx.Client(timeout=TIMEOUT, verify=trust, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", address, content=body.encode(), headers=headers, extensions=named) as answer,
        ):
            next(answer.iter_raw(ENOUGH), b"")
            return str(answer.status_code)
    except httpx.TimeoutException:
        return "timeout"
    except httpx.HTTPError as error:
        return type(error).__name__
