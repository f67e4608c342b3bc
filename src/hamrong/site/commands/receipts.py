"""`hamrong receipts`: verify receipts without the server, the database or Django."""

import base64
import binascii
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hamrong.lodging.receipts import Signer, key_id, read_code, verify
from hamrong.site import environment, keys

KEY_BYTES = 32


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
def verify_receipts(file: Any, public: str | None) -> None:
    """Verify every receipt in FILE (JSON; - for standard input): a receipt, an answer that holds one, or a list.

    Exit code 0 when all are valid, 1 when one is not, 2 when there is nothing to verify or no key.
    """
    given = _key(public)
    name = key_id(Ed25519PublicKey.from_public_bytes(given))
    try:
        found = list(_receipts(json.loads(file.read())))
    except (ValueError, RecursionError):
        raise click.UsageError("FILE is not JSON.") from None
    if not found:
        raise click.UsageError("FILE holds no receipt.")
    results = [_told(receipt, given, name) for receipt in found]
    if not all(results):
        raise SystemExit(1)


def _told(receipt: Mapping[str, Any], public: bytes, name: str) -> bool:
    """Print how one receipt stands; answers whether it is valid."""
    said = receipt["statement"] if isinstance(receipt["statement"], dict) else {}
    code = str(said.get("code", "(no code)"))
    if receipt.get("key") != name:
        click.echo(f"NOT VALID {code}: signed with key {receipt.get('key')}, not with {name}")
        return False
    if not verify(receipt, public) or (said.get("code") and read_code(code) != code):
        click.echo(f"NOT VALID {code}: the signature does not fit what it says")
        return False
    click.echo(
        f"valid {code} {said.get('kind', '')} {said.get('establishment', '')} night {said.get('night', '')}".rstrip()
    )
    return True


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
