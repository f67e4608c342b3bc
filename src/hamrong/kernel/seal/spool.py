"""A file that waits to be read: near its beginning in memory, the rest on the disk, sealed under a key nobody else has.

The file on the disk has no name, so that nothing is left of it when the process ends in whatever way; and what its
blocks hold opens with a key that was only ever in this process.
"""

import io
import os
import tempfile
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hamrong.kernel.seal.aead import NONCE, TAG, new_key

PIECE: Final = 64 * 1024
NEAR: Final = 16
"""Pieces that stay in memory: one megabyte."""


class Spool(io.RawIOBase):
    """Bytes are added at its end (`write`) and read at any place; a piece is sealed once, under its own number."""

    def __init__(self) -> None:
        super().__init__()
        self._near: list[bytes] = []
        self._tail = bytearray()
        self._far: Any = None
        self._cipher = ChaCha20Poly1305(new_key())
        self._pieces = self._size = self._at = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Add at the end, wherever somebody reads."""
        self._tail += data
        self._size += len(data)
        while len(self._tail) >= PIECE:
            self._put(bytes(self._tail[:PIECE]))
            del self._tail[:PIECE]
        return len(data)

    def readinto(self, wanted: Any) -> int:
        if self.closed:
            raise ValueError("this spool is closed")
        number, start = divmod(self._at, PIECE)
        found = self._piece(number)[start : start + len(wanted)]
        wanted[: len(found)] = found
        self._at += len(found)
        return len(found)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        since = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, since + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if self._far is not None:
            self._far.close()
        self._near.clear()
        super().close()

    def _put(self, piece: bytes) -> None:
        if self._pieces < NEAR:
            self._near.append(piece)
        else:
            if self._far is None:
                self._far = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the spool
            self._far.seek(0, os.SEEK_END)
            self._far.write(self._cipher.encrypt(_nonce(self._pieces), piece, None))
        self._pieces += 1

    def _piece(self, number: int) -> bytes:
        if number >= self._pieces:
            return bytes(self._tail) if number == self._pieces else b""
        if number < NEAR:
            return self._near[number]
        self._far.seek((number - NEAR) * (PIECE + TAG))
        return self._cipher.decrypt(_nonce(number), self._far.read(PIECE + TAG), None)


def _nonce(number: int) -> bytes:
    """A piece's number; the key serves this file alone, and each number once."""
    return number.to_bytes(NONCE, "big")
