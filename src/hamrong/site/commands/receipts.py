"""`hamrong receipts`: verify receipts without the database or Django, and without the server unless it is asked."""

import base64
import binascii
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import click
import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hamrong.lodging.receipts import Signer, key_id, read_code, verify
from hamrong.site import environment, keys

KEY_BYTES: Final = 32
PATIENCE: Final = 10.0
NOT_FOUND: Final = 404
UNREADABLE: Final = 4
CODES: Final[Mapping[str, int]] = {
    "FALSE": 1,
    "OTHER KEY": 3,
    "REPLACED": 5,
    "WITHDRAWN": 8,
    "NOT KNOWN": 6,
    "NOT ASKED": 7,
}
"""Exit codes by what is found, the gravest first."""


@click.group()
def receipts() -> None:
    """Receipts that the police gave."""


@receipts.command(name="verify")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--key",
    "public",
    help="The public key: base64, or a file with it (as at /receipts/key). Without it: this installation's.",
)
@click.option("--ask", "server", metavar="URL", help="Ask the server at URL also whether each receipt still stands.")
def verify_receipts(file: Any, public: str | None, server: str | None) -> None:
    """Verify every receipt in FILE (JSON; - for standard input): a receipt, an answer that holds one, or a list.

    A signature proves what was received; only the server knows whether a newer receipt took its place (a stay that was
    corrected), or what it is about was taken back (a stay cancelled, "no guests" withdrawn): --ask asks it, and sends
    it nothing but the code.

    \b
    Exit codes; of several receipts the first in this list that is true of one:
      0  all are valid, and stand if asked
      1  FALSE: the signature does not fit what the receipt says
      3  OTHER KEY: signed with another key than the one given
      4  UNREADABLE: FILE is not JSON, or holds no receipt
      5  REPLACED: a newer receipt took its place (only with --ask)
      8  WITHDRAWN: what it is about was taken back (only with --ask)
      6  NOT KNOWN: that server never gave this receipt (only with --ask)
      7  NOT ASKED: the server did not answer (only with --ask)
      2  wrong usage, or no key
    """
    given = _key(public)
    name = key_id(Ed25519PublicKey.from_public_bytes(given))
    try:
        found = list(_receipts(json.loads(file.read())))
    except (ValueError, RecursionError):
        raise Unreadable("FILE is not JSON.") from None
    if not found:
        raise Unreadable("FILE holds no receipt.")
    with httpx.Client(timeout=PATIENCE, follow_redirects=True) as client:
        findings = [_found(receipt, given, name, client, server) for receipt in found]
    for finding in findings:
        click.echo(f"{finding.word} {finding.said}")
    raise SystemExit(next((CODES[word] for word in CODES if word in {each.word for each in findings}), 0))


@dataclass(frozen=True, slots=True)
class Finding:
    """How one receipt stands: one of CODES or "valid", and the rest of its line."""

    word: str
    said: str


class Unreadable(click.ClickException):
    """FILE is none of what is verified here."""

    exit_code = UNREADABLE


def _found(receipt: Mapping[str, Any], public: bytes, name: str, client: httpx.Client, server: str | None) -> Finding:
    said = receipt["statement"] if isinstance(receipt["statement"], dict) else {}
    code = str(said.get("code", "(no code)"))
    if receipt.get("key") != name:
        return Finding("OTHER KEY", f"{code}: signed with key {receipt.get('key')}, not with {name}")
    if not verify(receipt, public) or (said.get("code") and read_code(code) != code):
        return Finding("FALSE", f"{code}: the signature does not fit what it says")
    facts = f"{code} {said.get('kind', '')} {said.get('establishment', '')} night {said.get('night', '')}".rstrip()
    if server is None or not said.get("code"):
        return Finding("valid", facts)
    return _asked(client, server, said, code) or Finding("valid", f"{facts}, stands")


def _asked(client: httpx.Client, server: str, said: Mapping[str, Any], code: str) -> Finding | None:
    """What the server has against a receipt whose signature is good; None where it stands."""
    try:
        answer = client.get(f"{server.rstrip('/')}/api/v1/receipts/{quote(code, safe='')}/verify")
        if answer.status_code == NOT_FOUND:
            return Finding("NOT KNOWN", f"{code}: the server gave no such receipt")
        told = answer.raise_for_status().json()
        state, same = told["state"], told["receipt"]["statement"] == said
        since = {"replaced": told["replaced_by"], "withdrawn": told["withdrawn_at"]}.get(state)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as problem:
        return Finding("NOT ASKED", f"{code}: the signature is good, but the server did not answer ({problem})")
    if not same:
        return Finding("NOT KNOWN", f"{code}: the server gave that code to another receipt")
    if state == "withdrawn":
        return Finding("WITHDRAWN", f"{code}: what it is about was taken back at {since}")
    return None if state == "valid" else Finding("REPLACED", f"{code}: {since} took its place")


def _receipts(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every signed statement inside a value, wherever an answer of the interface puts it."""
    if isinstance(value, dict) and {"statement", "signature"} <= value.keys():
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _receipts(each)


def _key(public: str | None) -> bytes:
    if public is None:
        return _own_key()
    text = Path(public).read_text(encoding="utf-8") if Path(public).is_file() else public
    if text.lstrip().startswith("{"):
        text = str(json.loads(text).get("public", ""))
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise click.UsageError("The key is not the base64 of 32 bytes.")
    return key


def _own_key() -> bytes:
    try:
        env = environment.read(os.environ)
        signer = Signer(keys.load(env.keys_folder, demo=env.demo)["receipts"])
    except (environment.SettingError, keys.KeyProblem) as error:
        raise click.UsageError(f"Give --key: {error}") from error
    return base64.b64decode(signer.public_text())
