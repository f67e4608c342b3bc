"""HKDF-SHA-256 (RFC 5869): from a secret with full entropy to keys that know nothing of each other."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(secret: bytes, purpose: str | bytes, length: int = 32, salt: bytes = b"") -> bytes:
    """`length` bytes for one purpose; never for a secret that a person chose (see `passphrase`)."""
    info = purpose.encode() if isinstance(purpose, str) else purpose
    return HKDF(SHA256(), length, salt or None, info).derive(secret)
