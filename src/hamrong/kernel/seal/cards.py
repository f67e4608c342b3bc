"""Paper cards of trustees: the recovery seed as words (SLIP-39), three of five of which give it again."""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORDLIST

from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.keys import public_key

HEADER: Final = "hamrong trustees' public key 1"
CARDS: Final = 5
NEEDED: Final = 3
LENGTH: Final = 33
WORDS: Final = frozenset(WORDLIST)


def write(seed: bytes, *, needed: int = NEEDED, cards: int = CARDS) -> list[str]:
    """A line of 33 words for each card."""
    return list(generate_mnemonics(1, [(needed, cards)], seed)[0])


def _words(card: str) -> list[str]:
    """The words as they were typed, without the places that are printed before them."""
    return [word for word in card.lower().split() if not word.rstrip(".:)").isdigit()]


def flaw(card: str, before: Sequence[str] = ()) -> str:
    """What is wrong with a card as it was typed, by the places of its words, never the words; empty for nothing."""
    words = _words(card)
    unknown = [place for place, word in enumerate(words, 1) if word not in WORDS]
    if unknown:
        return f"word {', '.join(map(str, unknown[:5]))} is none that a card has"
    if len(words) != LENGTH:
        return f"{len(words)} words, and a card has {LENGTH}"
    if words in [_words(each) for each in before]:
        return "this card was typed already"
    try:
        mine = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        return "a word is another one than on the card, or two changed places"
    made = [Share.from_mnemonic(" ".join(_words(each))).identifier for each in before]
    return "" if set(made) <= {mine.identifier} else "this card is of another set"


def read(cards: Iterable[str]) -> bytes:
    """The seed of as many cards as are needed; `Broken` where a word is wrong or cards do not belong together."""
    try:
        return bytes(combine_mnemonics([" ".join(_words(card)) for card in cards]))
    except MnemonicError as error:
        raise Broken(str(error)) from error


def public_text(public: bytes) -> str:
    """The trustees' public key as a file of two lines, to carry to the server."""
    return f"{HEADER}\n{base64.b64encode(public).decode()}\n"


def read_public(text: str) -> bytes:
    """The public key of such a file; `Broken` where it is none."""
    header, _, body = text.strip().partition("\n")
    try:
        public = base64.b64decode(body.strip(), validate=True)
    except binascii.Error as error:
        raise Broken("not a file of a public key") from error
    if header.strip() != HEADER:
        raise Broken("not a file of a public key")
    public_key(public)
    return public


def fingerprint(public: bytes) -> str:
    """Sixteen groups of four that people can compare: SHA-256 of a public key."""
    digest = hashlib.sha256(public).hexdigest()
    return " ".join(digest[start : start + 4] for start in range(0, 64, 4))
