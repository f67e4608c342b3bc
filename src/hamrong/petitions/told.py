"""What a sender tells, as it is sealed: plain values and their one written form."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, json

NO_PAPER: Final = "không có giấy tờ hợp lệ"
"""What stands for the document of whoever could not show a valid one; a number that they told stands behind it."""


class Sender(Struct, frozen=True, omit_defaults=True):
    """Somebody who signs: a name, and what else they gave (số CCCD, địa chỉ, điện thoại)."""

    name: str
    document: str = ""
    address: str = ""
    phone: str = ""


class Content(Struct, frozen=True, omit_defaults=True):
    """The matter itself: in one line, in full, whom it is against in the sender's words, and who signed it.

    In a sealed report `senders` stays empty, because it has a key of its own; `signed` says that there is somebody.
    """

    subject: str
    text: str
    against: str = ""
    signed: bool = True
    senders: tuple[Sender, ...] = ()


def unproved(number: str) -> str:
    """The document of somebody who has no valid one, and told this number, or none."""
    return f"{NO_PAPER} ({number})" if number else NO_PAPER


def documents(senders: Iterable[Sender]) -> set[str]:
    """Numbers of documents that were shown, or given at a public door: by them somebody is known again."""
    return {each.document for each in senders if each.document and not each.document.startswith(NO_PAPER)}


class Visit(Struct, frozen=True, omit_defaults=True):
    """What a reception holds: the matter in one line, in full, what was answered, and who came (or speaks for them)."""

    subject: str
    text: str
    answer: str = ""
    visitors: tuple[Sender, ...] = ()


class Word(Struct, frozen=True, omit_defaults=True):
    """A message within a sealed report: what was said, by whom, and its place among the others."""

    text: str
    by_sender: bool = False
    place: int = 0


def written(told: Content | Sender | Visit | Word) -> bytes:
    """Its one form as JSON."""
    return json.encode(told)


def content_of(plain: bytes) -> Content:
    """The content again; raises `msgspec.DecodeError` for what is none."""
    return json.decode(plain, type=Content)


def sender_of(plain: bytes) -> Sender | None:
    """Who was sealed; None where nobody gave a name."""
    return json.decode(plain, type=Sender) if plain else None


def visit_of(plain: bytes) -> Visit:
    """What a reception holds again."""
    return json.decode(plain, type=Visit)


def word_of(plain: bytes) -> Word:
    """A message again."""
    return json.decode(plain, type=Word)
