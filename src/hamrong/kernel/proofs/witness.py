"""A witness of logs (C2SP tlog-witness): it cosigns a checkpoint that continues what it saw, and keeps what it saw.

It keeps whole checkpoints, so that two that do not fit together prove that somebody showed different pasts.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hamrong.kernel.proofs import checkpoints, merkle, notes, vrf

MOST_HASHES: Final = 63
VALUE: Final = b"hamrong plates witness v1\n"
"""What a witness proves over when it is asked for a random value: this, and a leaf hash of a log that it cosigned."""


class BadRequest(ValueError):
    """A request that is not in its form; says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a log asks: `old` is the size that it thinks the witness has; the proof leads from there to the note."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def written(self) -> str:
        """The body of `add-checkpoint`."""
        hashes = "".join(f"{base64.b64encode(each).decode()}\n" for each in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and its body: 200 with the cosignature, 409 with the size that the witness has, or a refusal."""

    status: int
    body: str
    kept: str | None = None
    """The note to keep before the answer goes out; None where nothing has changed."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who cosigns: its name, the seed of its key (32 bytes), and the logs that it knows by their origin."""

    name: str
    seed: bytes
    logs: Mapping[str, notes.Key]

    def decide(self, request: Request, last: str | None, now: int) -> Answer:
        """Cosign, or say why not. `last` is the note that was kept for this origin, `now` is in Unix seconds."""
        try:
            note = notes.read(request.note)
            offered = checkpoints.read(note.text)
        except notes.BadNote as problem:
            return Answer(400, f"{problem}\n")
        if offered.origin not in self.logs:
            return Answer(404, "unknown log\n")
        if not notes.is_signed(note, self.logs[offered.origin]):
            return Answer(403, "not signed by the log\n")
        seen = (
            checkpoints.read(notes.read(last).text) if last else checkpoints.Checkpoint(offered.origin, 0, merkle.EMPTY)
        )
        if request.old > offered.size:
            return Answer(400, "the old size is larger than the new one\n")
        if request.old != seen.size:
            return Answer(409, f"{seen.size}\n")
        return self._cosigned(request, offered, seen, note, now)

    def _cosigned(
        self,
        request: Request,
        offered: checkpoints.Checkpoint,
        seen: checkpoints.Checkpoint,
        note: notes.Note,
        now: int,
    ) -> Answer:
        if offered.size == seen.size and offered.root != seen.root:
            return Answer(409, f"{seen.size}\n")  # a fork: the note that was kept and this one are the evidence
        if not merkle.continues(seen.size, seen.root, offered.size, offered.root, request.proof):
            return Answer(422, "the checkpoint does not continue the last one\n")
        line = notes.cosign(note.text, self.name, self.seed, now)
        return Answer(200, f"{line}\n", request.note)

    def value(self, asked: "ValueRequest", secret: bytes) -> bytes | None:
        """The proof of a random value for a leaf of a checkpoint that this witness cosigned; None for any other.

        A leaf has one value, whatever checkpoint it is shown in, so that nobody can choose among several.
        """
        try:
            note = notes.read(asked.note)
            _, size, root = checkpoints.read(note.text)
            shown = merkle.root_above(asked.leaf, asked.index, size, asked.path)
        except ValueError:
            return None
        if shown != root or notes.cosigned_at(note, notes.key_of(self.name, notes.COSIGNATURE, self.seed)) is None:
            return None
        return vrf.prove(secret, VALUE + asked.leaf)


@dataclass(frozen=True, slots=True)
class ValueRequest:
    """A leaf hash for which a value is asked, with its path in a checkpoint that the witness cosigned."""

    index: int
    leaf: bytes
    path: tuple[bytes, ...]
    note: str

    def written(self) -> str:
        """The body of `value`."""
        hashes = "".join(f"{base64.b64encode(each).decode()}\n" for each in (self.leaf, *self.path))
        return f"index {self.index}\n{hashes}\n{self.note}"


def read_value(body: str) -> ValueRequest:
    """A request for a value from its body; BadRequest where it is none."""
    index, hashes, note = _parts(body, "index ")
    if not hashes:
        raise BadRequest("a leaf is missing")
    return ValueRequest(index, hashes[0], hashes[1:], note)


def read(body: str) -> Request:
    """A request from its body; BadRequest where it is none."""
    return Request(*_parts(body, "old "))


def _parts(body: str, word: str) -> tuple[int, tuple[bytes, ...], str]:
    """A number behind a word, hashes a line, an empty line, a note."""
    head, gap, note = body.partition("\n\n")
    first, *rest = head.split("\n")
    number = first.removeprefix(word)
    if not gap or not first.startswith(word) or not number.isdecimal() or len(rest) > MOST_HASHES:
        raise BadRequest(f"{word}and a number, hashes, an empty line, a note")
    return int(number), _hashes(rest), note


def _hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    try:
        hashes = tuple(notes.from_base64(line) for line in lines)
    except ValueError as error:
        raise BadRequest("hashes are base64") from error
    if any(len(each) != 32 for each in hashes):
        raise BadRequest("hashes have 32 bytes")
    return hashes
