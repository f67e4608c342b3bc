"""A sealed report: content under one key for its handlers, the identity under another that M of N holders must open.

Nobody has both keys, neither is stored, and whatever is wrapped opens for one person in one report only.
"""

from typing import Final
from uuid import UUID

from hamrong.kernel.seal import aead
from hamrong.kernel.seal.bound import bound
from hamrong.kernel.seal.envelopes import unwrap, wrap
from hamrong.kernel.seal.padding import pad, unpad
from hamrong.kernel.seal.shares import Holder

IDENTITY_FLOOR: Final = 2048
"""Every identity is as long as this, and so is the record of a report without one: nobody sees who gave a name."""


def seal_content(key: bytes, report: UUID, name: str, content: bytes) -> bytes:
    """A part of the report (`name`: such as `text`) with its length hidden."""
    return aead.seal(key, pad(content), bound("content/v1", report, name))


def open_content(key: bytes, report: UUID, name: str, sealed: bytes) -> bytes:
    """The part again."""
    return unpad(aead.unseal(key, sealed, bound("content/v1", report, name)))


def about_file(report: UUID, file: UUID) -> bytes:
    """To what a file of a report is bound (`files.seal_file`)."""
    return bound("file/v1", report, file)


def hand_content(key: bytes, report: UUID, handler: Holder) -> bytes:
    """The content's key for one handler, or for the reporter's own pair."""
    return wrap(key, handler.public, bound("content-key/v1", report, handler.who, handler.epoch))


def take_content(wrapped: bytes, report: UUID, handler: Holder, seed: bytes) -> bytes:
    """The content's key, by whom it was handed to."""
    return unwrap(wrapped, seed, bound("content-key/v1", report, handler.who, handler.epoch))


def hand_against(key: bytes, report: UUID, who: Holder) -> bytes:
    """The key of who is complained about, for somebody who must keep them away from keys."""
    return wrap(key, who.public, bound("against-key/v1", report, who.who, who.epoch))


def take_against(wrapped: bytes, report: UUID, who: Holder, seed: bytes) -> bytes:
    """The same key again."""
    return unwrap(wrapped, seed, bound("against-key/v1", report, who.who, who.epoch))


def seal_identity(key: bytes, report: UUID, identity: bytes) -> bytes:
    """The identity, empty where none was given, under its own key (`shares.deal` it from `Share(KEY_ITSELF, key)`)."""
    return aead.seal(key, pad(identity, IDENTITY_FLOOR), bound("identity/v1", report))


def open_identity(key: bytes, report: UUID, record: bytes) -> bytes:
    """The identity; `Broken` where the key is not the one that M shares give."""
    return unpad(aead.unseal(key, record, bound("identity/v1", report)))


def hand_recovery(key: bytes, report: UUID, trustees: bytes) -> bytes:
    """What the trustees (`cards`) need to have a report dealt anew: the identity's key, and what belongs with it."""
    return wrap(key, trustees, bound("recovery/v1", report))


def take_recovery(wrapped: bytes, report: UUID, seed: bytes) -> bytes:
    """The same again, by the trustees' cards, where fewer than M holders are left."""
    return unwrap(wrapped, seed, bound("recovery/v1", report))
