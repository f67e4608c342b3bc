"""A witness: it cosigns what continues what it saw, in order and once, and names everything else."""

import hashlib

import pytest

from hamrong.kernel.proofs import checkpoints, merkle, notes, witness

SEED, LOG = hashlib.sha256(b"witness").digest(), hashlib.sha256(b"log").digest()
ORIGIN = "hamrong.example/38/plates"
WHO = witness.Witness("thanh-tra.example", SEED, {ORIGIN: notes.key_of(ORIGIN, notes.ED25519, LOG)})
LEAVES = [bytes([number]) for number in range(40)]


def root_of(low: int, high: int) -> bytes:
    return merkle.root(LEAVES[low:high])


def note_of(size: int, seed: bytes = LOG, origin: str = ORIGIN, root: bytes | None = None) -> str:
    text = checkpoints.Checkpoint(origin, size, root or root_of(0, size)).text()
    return notes.written(text, [notes.sign(text, origin, seed)])


def ask(old: int, new: int, **changes: object) -> witness.Request:
    proof = tuple(merkle.consistency(old, new, root_of))
    return witness.read(witness.Request(old, proof, note_of(new, **changes)).written())  # type: ignore[arg-type]


def test_it_cosigns_what_continues_what_it_saw() -> None:
    last = None
    for old, new in ((0, 7), (7, 7), (7, 20), (20, 40)):
        answer = WHO.decide(ask(old, new), last, 1_700_000_000 + new)
        assert answer.status == 200
        last = answer.kept
        assert last is not None
        cosigned = notes.read(last + answer.body)
        assert notes.cosigned_at(cosigned, notes.key_of(WHO.name, notes.COSIGNATURE, SEED)) == 1_700_000_000 + new


@pytest.mark.parametrize(
    ("request_", "last", "status", "body"),
    [
        (ask(0, 20), note_of(7), 409, "7\n"),
        (ask(20, 20), note_of(7), 409, "7\n"),
        (witness.Request(7, (), note_of(5)), note_of(7), 400, "larger"),
        (witness.Request(7, tuple(merkle.consistency(6, 20, root_of)), note_of(20)), note_of(7), 422, "continue"),
        (witness.Request(7, (), note_of(7, root=bytes(32))), note_of(7), 409, "7\n"),
        (witness.Request(0, (bytes(32),), note_of(7)), None, 422, "continue"),
        (ask(0, 7, seed=SEED), None, 403, "signed"),
        (ask(0, 7, origin="other.example/log"), None, 404, "unknown"),
        (witness.Request(0, (), "no note"), None, 400, "note"),
    ],
)
def test_everything_else_is_refused_and_nothing_kept(
    request_: witness.Request, last: str | None, status: int, body: str
) -> None:
    answer = WHO.decide(request_, last, 1)
    assert answer.status == status
    assert body in answer.body
    assert answer.kept is None


@pytest.mark.parametrize("body", ["", "old x\n\nnote", "old 1\n", "size 1\n\nx", "old 1\nAAAA\n\nx", "old -1\n\nx"])
def test_a_request_in_another_form_is_named(body: str) -> None:
    with pytest.raises(witness.BadRequest):
        witness.read(body)
