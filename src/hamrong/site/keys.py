"""The keys of one installation: files of one line each, readable by their owner only, never in the repository."""

import base64
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

NAMES: Final = ("django", "receipts", "documents", "document_index", "webhooks", "second_factors", "followup", "papers")
SIGNER: Final = ("log.audit", "log.plates", "sign.plates-receipts", "vrf.plates-draw", "vrf.plates-vehicle")
"""Keys that the application never sees: the process that signs and proves holds them, in a folder of its own."""

PASSWORDS: Final = ("postgres", "hamrong_owner", "hamrong_app")
SIZE: Final = 32
DEMO: Final = "hamrong demo key"
REAL: Final = "hamrong key"


class KeyProblem(Exception):
    """A key is missing, unreadable, or not meant for this profile."""


def make(folder: Path, *, demo: bool) -> tuple[str, ...]:
    """Make each key that `folder` does not hold yet (32 random bytes, file mode 0600); answers the names made."""
    return _make_all(folder, (*NAMES, *(f"password-{role}" for role in PASSWORDS)), demo=demo)


def make_signer(folder: Path, *, demo: bool) -> tuple[str, ...]:
    """Make each key of the signer that `folder` does not hold yet; answers the names made."""
    return _make_all(folder, SIGNER, demo=demo)


def _make_all(folder: Path, names: Sequence[str], *, demo: bool) -> tuple[str, ...]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for name in names:
        secret = base64.urlsafe_b64encode(secrets.token_bytes(SIZE)).decode()
        if _write_new(folder / name, f"{DEMO if demo else REAL}: {name}\n{secret}\n"):
            made.append(name)
    return tuple(made)


def load(folder: Path, *, demo: bool) -> dict[str, bytes]:
    """Name → 32 bytes for every name of NAMES; outside the demo a key that was made for a demo is refused."""
    return _load_all(folder, NAMES, demo=demo)


def load_signer(folder: Path, *, demo: bool) -> dict[str, bytes]:
    """Name → 32 bytes for every key of the signer."""
    return _load_all(folder, SIGNER, demo=demo)


def _load_all(folder: Path, names: Sequence[str], *, demo: bool) -> dict[str, bytes]:
    return {name: base64.urlsafe_b64decode(_secret(folder / name, demo=demo)) for name in names}


def password(folder: Path, role: str, *, demo: bool = True) -> str:
    """The password of a database role of the embedded server."""
    return _secret(folder / f"password-{role}", demo=demo)


def _secret(file: Path, *, demo: bool) -> str:
    if not file.is_file():
        raise KeyProblem(f"the key {file} is missing: `hamrong keys make` makes it")
    header, _, secret = file.read_text(encoding="ascii").partition("\n")
    if header.startswith(DEMO) and not demo:
        raise KeyProblem(f"the key {file} was made for a demo: a production server does not start with it")
    if not header.startswith((DEMO, REAL)) or not secret.strip():
        raise KeyProblem(f"the key {file} is not a key file of hamrong")
    return secret.strip()


def _write_new(file: Path, text: str) -> bool:
    """Write a whole file or nothing, and never over another one: two starting processes agree on one key."""
    if file.exists():
        return False
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
