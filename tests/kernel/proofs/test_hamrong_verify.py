"""The offline verifier by itself: empty logs, proofs of every size, keys and forms; its draws are in tests/plates."""

import base64
import itertools
import json

import pytest

from hamrong.kernel.canonical import canonical
from hamrong.kernel.proofs import checkpoints, hamrong_verify, merkle, notes, tlogproof
from tests.plates.logs import ORIGIN, put, seed

KEY = notes.key_of(ORIGIN, notes.ED25519, seed("log"))
ENTRIES = [f"entry {number}".encode() for number in range(70)]


def signed(size, root=None, *, origin=ORIGIN, key="log"):
    """The signed checkpoint of a log that has the first entries, or claims another root."""
    found = checkpoints.Checkpoint(origin, size, merkle.root(ENTRIES[: max(size, 0)]) if root is None else root)
    return notes.written(found.text(), [notes.sign(found.text(), origin, seed(key))])


@pytest.fixture
def at(tmp_path):
    (tmp_path / "keys").write_text(f"{KEY}\n")

    def run(do, note, trusted=None, proof=None, **files):
        """Exit code of a command on the checkpoint, with what is trusted and the proof beside it."""
        (tmp_path / "note").write_text(note)
        arguments = [do, str(tmp_path / "note"), "--keys", str(tmp_path / "keys")]
        if trusted is not None:
            (tmp_path / "trusted").write_text(trusted)
            arguments += ["--trusted", str(tmp_path / "trusted")]
        if proof is not None:
            (tmp_path / "proof").write_text("".join(f"{base64.b64encode(each).decode()}\n" for each in proof))
            arguments += ["--proof", str(tmp_path / "proof")]
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
            arguments += [f"--{name}", str(tmp_path / name)]
        return hamrong_verify.main(arguments)

    return run


def root_of(low, high):
    return merkle.root(ENTRIES[low:high])


def test_every_log_continues_an_empty_one(at, capsys):
    assert at("checkpoint", signed(5), signed(0)) == 0
    assert "continues the 0 entries seen before" in capsys.readouterr().out
    assert at("checkpoint", signed(0), signed(0)) == 0


def test_a_whole_log_continues_an_empty_one(tmp_path, capsys):
    put(tmp_path / "log" / "checkpoint", signed(0).encode())
    (tmp_path / "keys").write_text(str(KEY))
    (tmp_path / "trusted").write_text(signed(0))
    given = [str(tmp_path / "log"), "--keys", str(tmp_path / "keys"), "--trusted", str(tmp_path / "trusted")]
    assert hamrong_verify.main(["log", *given]) == 0
    (tmp_path / "trusted").write_text(signed(3))
    assert hamrong_verify.main(["log", *given]) == 1
    assert "TAMPERED rollback" in capsys.readouterr().out


def test_an_empty_log_has_the_root_of_an_empty_log(at, tmp_path, capsys):
    assert at("checkpoint", signed(0, bytes(32))) == 1
    assert at("checkpoint", signed(5), signed(0, bytes(32))) == 1
    put(tmp_path / "log" / "checkpoint", signed(0, bytes(32)).encode())
    assert hamrong_verify.main(["log", str(tmp_path / "log"), "--keys", str(tmp_path / "keys")]) == 1
    assert capsys.readouterr().out.count("TAMPERED root") == 3


@pytest.mark.parametrize("note", [signed(-1), signed(3, bytes(31)), signed(3)[:-1], "", "x\n\n"])
def test_what_is_no_checkpoint_is_not_judged(at, note):
    assert at("checkpoint", note) == 2


def test_it_says_what_became_of_a_log_that_was_seen(at, capsys):
    cases = [
        (signed(5), signed(5), "intact"), (signed(5), signed(7), "TAMPERED rollback"),
        (signed(5), signed(5, bytes(32)), "TAMPERED fork"), (signed(7), signed(5), "cannot tell"),
        (signed(5, key="another"), None, "TAMPERED signature"),
        (signed(5, origin="elsewhere"), None, "TAMPERED unknown-key"),
        (signed(5), signed(5, key="another"), "TAMPERED signature"), (signed(5), None, "intact"),
    ]  # fmt: skip
    for note, trusted, expected in cases:
        at("checkpoint", note, trusted)
        assert capsys.readouterr().out.startswith(expected), (note, trusted)


def test_a_checkpoint_of_another_log_is_no_fork(at, tmp_path, capsys):
    elsewhere = notes.key_of("elsewhere", notes.ED25519, seed("log"))
    for new, seen in ((5, 7), (5, 5), (7, 5)):
        (tmp_path / "keys").write_text(f"{KEY}\n{elsewhere}\n")
        assert at("checkpoint", signed(new), signed(seen, origin="elsewhere")) == 2
    assert capsys.readouterr().out.count("cannot tell: another log") == 3


def test_proofs_of_consistency_of_every_size_are_right_and_no_other(at, capsys):
    for old, new in itertools.combinations(range(1, 18), 2):
        proof = merkle.consistency(old, new, root_of)
        arguments = old, root_of(0, old), new
        assert hamrong_verify.continued(*arguments, proof) == root_of(0, new), (old, new)
        assert hamrong_verify.continued(*arguments, [*proof, bytes(32)]) is None
        for place, each in enumerate(proof):
            assert hamrong_verify.continued(*arguments, proof[:place]) != root_of(0, new)
            changed = [*proof[:place], bytes([each[0] ^ 1, *each[1:]]), *proof[place + 1 :]]
            assert hamrong_verify.continued(*arguments, changed) != root_of(0, new)
    assert at("checkpoint", signed(7), signed(5), merkle.consistency(5, 7, root_of)) == 0
    assert at("checkpoint", signed(7), signed(5), merkle.consistency(4, 7, root_of)) == 1
    assert "TAMPERED fork" in capsys.readouterr().out


@pytest.mark.parametrize(("old", "new"), [(0, 5), (0, 0), (5, 5), (6, 5), (-1, 5)])
def test_sizes_that_no_proof_joins_end_at_once(old, new):
    """With an older tree of 0 entries it once went round for ever."""
    assert hamrong_verify.continued(old, bytes(32), new, []) is None
    assert hamrong_verify.continued(old, bytes(32), new, [bytes(32)]) is None


def test_proofs_of_inclusion_of_every_size_are_right_and_no_other():
    for size in (1, 2, 3, 7, 8, 9, 70):
        for index in range(size):
            path = merkle.inclusion(index, size, root_of)
            assert hamrong_verify.climbed(ENTRIES[index], index, size, path) == root_of(0, size)
            assert hamrong_verify.climbed(ENTRIES[index], index, size, [*path, bytes(32)]) is None
            assert hamrong_verify.climbed(ENTRIES[index], size, size, path) is None
            assert hamrong_verify.climbed(ENTRIES[index], -1, size, path) is None
            if path:
                assert hamrong_verify.climbed(ENTRIES[index], index, size, path[:-1]) != root_of(0, size)


def test_a_file_of_proof_is_taken_in_its_one_form_only(at):
    """Every byte of it: a change is found, or it is no proof any more."""
    file = tlogproof.written(9, merkle.inclusion(9, 20, root_of), signed(20))
    assert at("inclusion", file, entry=ENTRIES[9]) == 0
    assert at("inclusion", file, entry=ENTRIES[8]) == 1
    for place, sign in enumerate(file):
        changed = f"{file[:place]}{chr(ord(sign) ^ 1)}{file[place + 1 :]}"
        assert at("inclusion", changed, entry=ENTRIES[9]) in (1, 2), place


def test_a_whole_log_of_several_tiles_is_checked(tmp_path, capsys):
    many = [f"entry {number}".encode() for number in range(600)]
    text = checkpoints.Checkpoint(ORIGIN, 600, merkle.root(many)).text()
    put(tmp_path / "checkpoint", notes.written(text, [notes.sign(text, ORIGIN, seed("log"))]).encode())
    hashes = [merkle.leaf(each) for each in many]
    for at, (first, width) in enumerate(((0, ""), (256, ""), (512, ".p/88"))):
        some = slice(first, first + 256)
        put(tmp_path / f"tile/0/{at:03d}{width}", b"".join(hashes[some]))
        bundle = b"".join(len(each).to_bytes(2, "big") + each for each in many[some])
        put(tmp_path / f"tile/entries/{at:03d}{width}", bundle)
    put(tmp_path / "tile/1/000.p/2", merkle.reduced(hashes[:256]) + merkle.reduced(hashes[256:512]))
    (tmp_path / "keys").write_text(str(KEY))
    given = ["log", str(tmp_path), "--keys", str(tmp_path / "keys")]
    assert hamrong_verify.main(given) == 0
    for name in ("tile/0/001", "tile/1/000.p/2", "tile/entries/000", "tile/entries/002.p/88"):
        whole = (tmp_path / name).read_bytes()
        for content in (whole[:-1], whole + b"\0", whole[:40] + bytes([whole[40] ^ 8]) + whole[41:], b""):
            (tmp_path / name).write_bytes(content)
            assert hamrong_verify.main(given) == 1, name
        (tmp_path / name).unlink()
        capsys.readouterr()
        assert hamrong_verify.main(given) == 1
        assert (
            capsys.readouterr().out
            == f"TAMPERED missing: {tmp_path / name} belongs to the 600 entries that are signed for\n"
        )
        (tmp_path / name).write_bytes(whole)
    assert hamrong_verify.main(given) == 0


def test_a_receipt_of_lodging_is_checked_with_the_key_that_is_handed_out(tmp_path, capsys):
    """Facts and signature by another library; without its key nothing can be said of it."""
    statement = {"code": "LT-0000-0000-0000-0000", "count": 2, "establishment": "SS-0001", "night": "2026-11-25"}
    private = notes.Ed25519PrivateKey.from_private_bytes(seed("lodging"))
    told = {
        "statement": statement,
        "key": "x",
        "signature": base64.b64encode(private.sign(canonical(statement))).decode(),
    }
    public = base64.b64encode(notes.public_of(seed("lodging"))).decode()
    (tmp_path / "key.json").write_text(json.dumps({"algorithm": "Ed25519", "key": "x", "public": public}))
    (tmp_path / "other.json").write_text(json.dumps({"public": base64.b64encode(notes.public_of(seed("x"))).decode()}))
    (tmp_path / "keys").write_text(str(KEY))

    def verdict(receipt, keys="key.json"):
        (tmp_path / "receipt.json").write_text(json.dumps(receipt))
        return hamrong_verify.main(["receipt", str(tmp_path / "receipt.json"), "--keys", str(tmp_path / keys)])

    assert verdict(told) == 0
    assert verdict({**told, "statement": {**statement, "count": 3}}) == 1
    assert verdict(told, "other.json") == 1
    assert "TAMPERED signature" in capsys.readouterr().out
    assert verdict(told, "keys") == 2
    assert "it is at /receipts/key" in capsys.readouterr().out
