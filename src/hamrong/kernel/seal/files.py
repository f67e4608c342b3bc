"""Files in pieces of 64 KiB, as they come (STREAM of Hoang, Reyhanitabar, Rogaway and Vizár 2015): no piece can be
taken away, doubled, swapped or added at the end. version(1) ‖ salt(32) ‖ pieces; the key is of this file alone.
"""

import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from hamrong.kernel.seal.aead import TAG
from hamrong.kernel.seal.bound import VERSION, Broken
from hamrong.kernel.seal.derive import derive
from hamrong.kernel.seal.padding import padded_length

PIECE: Final = 64 * 1024
SALT: Final = 32
_SIZE: Final = 8


def sealed_length(size: int) -> int:
    """How long a file of `size` bytes is when it is sealed: Padmé over its content."""
    inside = padded_length(_SIZE + size)
    return 1 + SALT + inside + TAG * -(-inside // PIECE)


def seal_file(key: bytes, content: Iterable[bytes], size: int, about: bytes) -> Iterator[bytes]:
    """The file sealed to `about`, in pieces; ValueError where the content is not `size` bytes long."""
    salt = secrets.token_bytes(SALT)
    cipher = ChaCha20Poly1305(derive(key, "file/v1", salt=salt))
    yield VERSION + salt
    for number, piece, last in _numbered(_pieces(_framed(content, size), PIECE)):
        yield cipher.encrypt(_nonce(number, last), piece, VERSION + about)


def open_file(key: bytes, sealed: Iterable[bytes], about: bytes) -> Iterator[bytes]:
    """The content as it comes; `Broken` at the first piece that is wrong, and at an end that is none.

    A reader that was given pieces and then `Broken` throws them away: a cut file shows only at its end.
    """
    coming = iter(_pieces(sealed, 1 + SALT, PIECE + TAG))
    head = next(coming, b"")
    if head[:1] != VERSION or len(head) != 1 + SALT:
        raise Broken("not a sealed file")
    cipher = ChaCha20Poly1305(derive(key, "file/v1", salt=head[1:]))
    yield from _unframed(_opened(cipher, coming, VERSION + about))


def _opened(cipher: ChaCha20Poly1305, sealed: Iterable[bytes], about: bytes) -> Iterator[bytes]:
    ended = False
    for number, piece, last in _numbered(sealed):
        try:
            yield cipher.decrypt(_nonce(number, last), piece, about)
        except InvalidTag as error:
            raise Broken("does not open") from error
        ended = last
    if not ended:
        raise Broken("the file has no end")


def _framed(content: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The true size, the content, and zeros up to a length that says little."""
    yield size.to_bytes(_SIZE, "big")
    left = size
    for each in content:
        left -= len(each)
        yield each
    if left:
        raise ValueError(f"the file is not {size} bytes long")
    missing = padded_length(_SIZE + size) - _SIZE - size
    yield from (bytes(min(PIECE, missing - done)) for done in range(0, missing, PIECE))


def _unframed(plain: Iterator[bytes]) -> Iterator[bytes]:
    first = next(plain)
    left = int.from_bytes(first[:_SIZE], "big")
    for each in chain([first[_SIZE:]], plain):
        if each[:left]:
            yield each[:left]
        left -= min(left, len(each))
    if left:
        raise Broken("shorter than it says")


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _numbered(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Each piece with its number and whether it is the last."""
    number, waiting = 0, None
    for piece in pieces:
        if waiting is not None:
            yield number, waiting, False
            number += 1
        waiting = piece
    if waiting is not None:
        yield number, waiting, True


def _pieces(stream: Iterable[bytes], *lengths: int) -> Iterator[bytes]:
    """The stream cut anew: pieces of these lengths, of which the last one repeats; the rest may be shorter."""
    held, wanted = bytearray(), list(lengths)
    for each in stream:
        held += each
        while len(held) >= wanted[0]:
            yield bytes(held[: wanted[0]])
            del held[: wanted[0]]
            wanted = wanted[1:] or wanted
    if held:
        yield bytes(held)
