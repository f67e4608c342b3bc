"""The signer: it extends what it signed, whoever asks, and after every crash; it shows no key."""

import base64
import hashlib
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hamrong.audit.signer import Signer
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.kernel.proofs import merkle, vrf
from tests.signer import serving

KEYS = {name: hashlib.sha256(name.encode()).digest() for name in ("log.audit", "sign.receipts", "vrf.draw")}
LEAVES = [merkle.leaf(b"%d" % number) for number in range(40)]


def root(count: int) -> str:

    return base64.b64encode(merkle.root([b"%d" % number for number in range(count)])).decode()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state"


def a_signer(state: Path) -> Signer:
    return Signer(KEYS, state, "hamrong.example/38")


def extend(signer: Signer, start: int, end: int, *, sign: bool = True) -> dict[str, object]:
    return signer.answer({"do": "extend", "log": "audit", "start": start, "hashes": LEAVES[start:end], "sign": sign})


def test_it_signs_the_tree_of_all_leaves_it_was_given(state: Path) -> None:
    signer = a_signer(state)
    extend(signer, 0, 7, sign=False)
    told = extend(signer, 7, 20)
    assert str(told["note"]).split("\n")[:3] == ["hamrong.example/38/audit", "20", root(20)]


def test_after_a_start_it_goes_on_where_it_was(state: Path) -> None:
    extend(a_signer(state), 0, 20)
    told = extend(a_signer(state), 20, 33)
    assert str(told["note"]).split("\n")[1:3] == ["33", root(33)]


@pytest.mark.parametrize("start", [0, 19, 21, 40])
def test_it_signs_no_other_past_and_no_less(state: Path, start: int) -> None:
    signer = a_signer(state)
    before = extend(signer, 0, 20)
    assert "signed up to 20" in str(extend(signer, start, 40)["refused"])
    assert signer.answer({"do": "state", "log": "audit"})["note"] == before["note"]


def test_asking_again_for_the_same_gives_the_same_note(state: Path) -> None:
    signer = a_signer(state)
    assert extend(signer, 0, 20) == extend(signer, 20, 20)


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"do": "keys"}, {"do": "extend"}, {"do": "extend", "log": "x", "start": 0, "hashes": [], "sign": True},
        {"do": "extend", "log": "audit", "start": 0, "hashes": [b"x"], "sign": True},
        {"do": "prove", "key": "audit", "alphas": [b""]}, {"do": "sign", "key": "draw", "messages": [b""]},
        {"do": "prove", "key": "draw", "alphas": 7},
    ],
)  # fmt: skip
def test_whatever_else_is_refused_in_words(state: Path, asked: dict[str, object]) -> None:
    assert a_signer(state).answer(asked).keys() == {"refused"}


def test_keys_prove_and_sign_and_only_their_public_halves_are_told(state: Path) -> None:
    signer = a_signer(state)
    public = signer.answer({"do": "public"})["keys"]
    assert public.keys() == KEYS.keys()
    assert not set(public.values()) & set(KEYS.values())
    (proof,) = signer.answer({"do": "prove", "key": "draw", "alphas": [b"a"]})["proofs"]
    assert proof == vrf.prove(KEYS["vrf.draw"], b"a")
    (signature,) = signer.answer({"do": "sign", "key": "receipts", "messages": [b"m"]})["signatures"]
    Ed25519PublicKey.from_public_bytes(public["sign.receipts"]).verify(signature, b"m")


def test_over_its_socket_from_many_threads_and_after_a_new_start(state: Path, tmp_path: Path) -> None:
    path = tmp_path / "signer.sock"
    signing = serving(a_signer(state), path)
    assert path.stat().st_mode & 0o077 == 0
    assert signing.extend("audit", 0, LEAVES[:5]).size == 5
    assert signing.state("audit").size == 5
    results: list[list[bytes]] = []
    threads = [threading.Thread(target=lambda: results.append(signing.prove("draw", [b"1", b"2"]))) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(results) == 5
    assert all(each == results[0] for each in results)
    with pytest.raises(SigningProblem, match="signed up to 5"):
        signing.extend("audit", 4, LEAVES[4:6])
    signing._socket.shutdown(2)  # type: ignore[union-attr] # as when the signer was started anew
    assert signing.state("audit").size == 5


def test_a_signer_that_does_not_run_is_a_problem_in_words(tmp_path: Path) -> None:
    with pytest.raises(SigningProblem, match="does not answer"):
        Signing(tmp_path / "none").public()
