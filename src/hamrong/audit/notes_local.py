"""To be replaced by kernel.proofs."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hamrong.kernel.proofs import merkle


def grow(size: int, nodes: Sequence[bytes], hashes: Sequence[bytes]) -> tuple[int, list[bytes]]:
    grown = list(nodes)
    for leaf in hashes:
        at = size
        while at & 1:
            leaf = merkle.node(grown.pop(), leaf)
            at >>= 1
        grown.append(leaf)
        size += 1
    return size, grown


def root_of(nodes: Sequence[bytes]) -> bytes:
    if not nodes:
        return merkle.EMPTY
    *rest, right = nodes
    for left in reversed(rest):
        right = merkle.node(left, right)
    return right


def public_key(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def checkpoint(origin: str, size: int, root: bytes, seed: bytes) -> str:
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    identity = hashlib.sha256(f"{origin}\n".encode() + b"\x01" + public_key(seed)).digest()[:4]
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    return f"{text}\n— {origin} {base64.b64encode(identity + signature).decode()}\n"
