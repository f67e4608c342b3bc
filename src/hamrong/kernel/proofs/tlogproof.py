"""Proofs of inclusion as files (C2SP tlog-proof): one entry's place in a log, with the checkpoint that it is under."""

import base64
from collections.abc import Sequence
from typing import Final, NamedTuple

from hamrong.kernel.proofs import checkpoints, merkle, notes

HEAD: Final = "c2sp.org/tlog-proof@v1"


class Proof(NamedTuple):
    """The place of an entry, its path, and the signed note of a checkpoint that holds it."""

    place: int
    path: tuple[bytes, ...]
    note: str


class BadProof(ValueError):
    """A file that is no proof; says why."""


def written(index: int, path: Sequence[bytes], note: str) -> str:
    """The file of a proof."""
    hashes = "".join(f"{base64.b64encode(each).decode()}\n" for each in path)
    return f"{HEAD}\nindex {index}\n{hashes}\n{note}"


def read(file: str) -> Proof:
    """A proof from its file; BadProof where it is none."""
    head, gap, note = file.partition("\n\n")
    first, index, *hashes = [*head.split("\n"), ""]
    try:
        path = tuple(notes.from_base64(line) for line in hashes[:-1])
    except ValueError as error:
        raise BadProof("hashes are base64") from error
    number = index.removeprefix("index ")
    if not gap or first != HEAD or not index.startswith("index ") or not number.isdecimal():
        raise BadProof(f"a proof begins with {HEAD} and an index")
    if any(len(each) != 32 for each in path):
        raise BadProof("hashes have 32 bytes")
    return Proof(int(number), path, note)


def proves(proof: Proof, entry: bytes, log: notes.Key) -> bool:
    """Whether the entry is in the log with this key; never raises."""
    try:
        note = notes.read(proof.note)
        found = checkpoints.read(note.text)
    except notes.BadNote:
        return False
    signed = found.origin == log.name and notes.is_signed(note, log)
    return signed and merkle.included(entry, proof.place, found.size, proof.path, found.root)
