"""Signed notes: the example of the standard, keys and lines in their one form, and every flipped bit found."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.proofs import checkpoints, merkle, notes, tlogproof

SEED = hashlib.sha256(b"log").digest()
KEY = notes.key_of("hamrong.example/38/audit", notes.ED25519, SEED)
WITNESS = notes.key_of("thanh-tra.example", notes.COSIGNATURE, SEED)
TEXT = checkpoints.Checkpoint(KEY.name, 7, bytes(32)).text()

# The example of Go's sumdb/note, on which C2SP signed-note rests.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def a_note() -> str:
    return notes.written(
        TEXT, [notes.sign(TEXT, KEY.name, SEED), notes.cosign(TEXT, WITNESS.name, SEED, 1_764_000_000)]
    )


def test_the_example_of_the_standard() -> None:
    assert notes.is_signed(notes.read(SAID), notes.read_key(PETER))
    assert not notes.is_signed(notes.read(SAID.replace("your problem is", "your problem was")), notes.read_key(PETER))


def test_a_note_is_signed_and_cosigned_and_says_when() -> None:
    note = notes.read(a_note())
    assert notes.is_signed(note, KEY)
    assert notes.cosigned_at(note, WITNESS) == 1_764_000_000
    assert checkpoints.read(note.text) == checkpoints.Checkpoint(KEY.name, 7, bytes(32))
    assert notes.written(note.text, note.lines) == a_note()


def test_a_key_has_one_form() -> None:
    for key in (KEY, WITNESS):
        assert notes.read_key(str(key)) == key
    for wrong in (
        "",
        "x",
        str(KEY).replace("+", " "),
        str(KEY)[:-4],
        str(KEY).replace("hamrong", "hamr0ng"),
        "a+00000000+AA==",
    ):
        with pytest.raises(notes.BadNote):
            notes.read_key(wrong)


def test_another_key_or_kind_of_key_signs_nothing() -> None:
    note, other = notes.read(a_note()), notes.key_of(KEY.name, notes.ED25519, bytes(32))
    assert not notes.is_signed(note, other)
    assert not notes.is_signed(note, WITNESS)
    assert notes.cosigned_at(note, KEY) is None
    assert notes.cosigned_at(note, notes.key_of(WITNESS.name, notes.COSIGNATURE, bytes(32))) is None


def test_every_flipped_bit_of_a_note_shows() -> None:
    raw = a_note().encode()
    for place in range(len(raw)):
        for bit in range(8):
            changed = bytes(raw[:place] + bytes([raw[place] ^ 1 << bit]) + raw[place + 1 :])
            try:
                note = notes.read(changed.decode())
            except (notes.BadNote, UnicodeDecodeError):
                continue
            assert not (notes.is_signed(note, KEY) and notes.cosigned_at(note, WITNESS))


@given(st.text(max_size=80))
def test_any_text_is_a_note_or_not_and_nothing_else(text: str) -> None:
    for read in (notes.read, notes.read_key, notes.read_line, checkpoints.read):
        try:
            read(text)
        except notes.BadNote:
            continue


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\nAAAA\n",
        "a\n01\n" + TEXT.split("\n")[2] + "\n",
        TEXT + "more\n",
        TEXT[:-1],
        "\n" + TEXT,
        TEXT.replace("7", "-7"),
    ],
)
def test_a_checkpoint_has_one_form(text: str) -> None:
    with pytest.raises(notes.BadNote):
        checkpoints.read(text)


def test_a_proof_of_inclusion_is_a_file_that_proves_one_entry() -> None:
    entries = [b"%d" % number for number in range(11)]
    text = checkpoints.Checkpoint(KEY.name, 11, merkle.root(entries)).text()
    file = tlogproof.written(6, merkle.path(entries, 6), notes.written(text, [notes.sign(text, KEY.name, SEED)]))
    proof = tlogproof.read(file)
    assert file.startswith("c2sp.org/tlog-proof@v1\nindex 6\n")
    assert tlogproof.proves(proof, b"6", KEY)
    assert not tlogproof.proves(proof, b"7", KEY)
    assert not tlogproof.proves(proof._replace(place=7), b"6", KEY)
    assert not tlogproof.proves(proof._replace(path=proof.path[:-1]), b"6", KEY)
    assert not tlogproof.proves(proof, b"6", WITNESS)
    with pytest.raises(tlogproof.BadProof):
        tlogproof.read(file.replace("index 6", "index x"))
