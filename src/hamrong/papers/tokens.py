"""The seal as a key that no program can copy: a token or a security module behind PKCS#11, and its certificate.

The setting `HAMRONG_SEAL_TOKEN` names a file (TOML) that says where the driver is, which token and key, where the PIN
lies, and the certificate that the state's authority gave.
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509

NAMES = ("module", "token", "key", "pin_file", "certificate")


class BadToken(ValueError):
    """The file of the token, or what it names, cannot be used; says what to change."""


@dataclass(frozen=True, slots=True)
class Seal:
    """`module`: the driver's library; `token`, `key`: their labels; `chain`: the certificate, then those above it."""

    module: Path
    token: str
    key: str
    pin_file: Path
    chain: tuple[x509.Certificate, ...]

    @property
    def certificate(self) -> x509.Certificate:
        """That of the seal itself."""
        return self.chain[0]

    def pin(self) -> str:
        """What opens the token; raises `BadToken` where it cannot be read."""
        try:
            return self.pin_file.read_text().strip()
        except OSError as error:
            raise BadToken(f"{self.pin_file}: the PIN cannot be read: {error.strerror}") from error


def read(path: Path, now: datetime | None = None) -> Seal:
    """The seal that a file describes; raises `BadToken` for a wrong key, or a certificate out of its days."""
    told = _told(path)
    if problem := sorted(set(told) ^ set(NAMES)):
        raise BadToken(f"{path}: these keys are wanted, each as text: {', '.join(NAMES)}; look at {', '.join(problem)}")
    module = Path(told["module"])
    if not module.is_file():
        raise BadToken(f"{path}: there is no driver at {module}")
    seal = Seal(module, told["token"], told["key"], Path(told["pin_file"]), _chain(Path(told["certificate"])))
    seal.pin()
    made, now = seal.certificate, now or datetime.now(UTC)
    if not made.not_valid_before_utc <= now < made.not_valid_after_utc:
        days = f"{made.not_valid_before_utc:%Y-%m-%d} to {made.not_valid_after_utc:%Y-%m-%d}"
        raise BadToken(f"{told['certificate']}: the certificate of the seal is for {days}")
    return seal


def _told(path: Path) -> dict[str, Any]:
    try:
        return {name: value for name, value in tomllib.loads(path.read_text("utf-8")).items() if isinstance(value, str)}
    except (OSError, ValueError) as error:
        raise BadToken(f"{path}: {error}") from error


def _chain(path: Path) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise BadToken(f"{path}: no certificate in PEM: {error}") from error
