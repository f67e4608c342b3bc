"""Receipts and the program that anybody can run: a file and a code are intact, and every manipulation has its name."""

import copy
import json

import pytest

from hamrong.kernel.proofs import hamrong_verify
from hamrong.plates import receipts
from tests.plates.logs import a_receipt
from tests.plates.published import log, published
from tests.plates.test_offline import flip

__all__ = ["log", "published"]


@pytest.mark.parametrize("seq", [1, 5, 8, 10, 12])
def test_a_receipt_is_intact_as_a_file_and_as_a_code(log, published, tmp_path, capsys, seq):
    told = a_receipt(log, seq)
    (tmp_path / "a.plate.json").write_text(json.dumps(told))
    code = receipts.to_code(receipts.read(json.dumps(told)))
    for what in (str(tmp_path / "a.plate.json"), code, f"HTTPS://HAMRONG.EXAMPLE/P/{code}"):
        assert hamrong_verify.main(["receipt", what, "--keys", str(published / "keys.json")]) == 0
        assert capsys.readouterr().out.startswith(f"intact: {told['draw']['number']}: number {told['draw']['k']} of ")


RECEIPTS = {
    "number": (lambda told: told["draw"].update(number="36A88888"), "signature"),
    "rank": (lambda told: told["draw"].update(k=told["draw"]["k"] + 1), "rank"),
    "count": (lambda told: told["draw"].update(n=2 * told["draw"]["n"]), "rank"),
    "rank beyond the count": (lambda told: told["draw"].update(n=9), "order"),
    "level": (lambda told: told["draw"].update(level="A"), "level"),
    "nonce": (lambda told: told["request"].update(nonce="00" * 16), "seal"),
    "round": (lambda told: told["seal"].update(round=7), "inclusion"),
    "path": (lambda told: told["log_path"].reverse(), "inclusion"),
    "signature": (lambda told: flip(told, "signature"), "signature"),
    "proof": (lambda told: flip(told["draw"], "proof"), "proof"),
    "value": (lambda told: flip(told["draw"], "value"), "value"),
    "checkpoint": (lambda told: told.update(checkpoint=told["checkpoint"].replace("\n16\n", "\n17\n")), "signature"),
    "another draw": (lambda told: told["draw"].update(seq=2), "order"),
}


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_changed_receipt_is_named(log, published, tmp_path, capsys, name):
    change, kind = RECEIPTS[name]
    told = copy.deepcopy(a_receipt(log, 5))
    change(told)
    (tmp_path / "a.plate.json").write_text(json.dumps(told))
    code = hamrong_verify.main(["receipt", str(tmp_path / "a.plate.json"), "--keys", str(published / "keys.json")])
    out = capsys.readouterr().out
    assert (code, out.split(":")[0]) == (1, f"TAMPERED {kind}"), out


BROKEN = {
    "no seal": lambda told: told.pop("seal"),
    "a text for a number": lambda told: told["draw"].update(k="mười"),
    "no list": lambda told: told.update(batch_path=None),
    "no text": lambda told: told.update(checkpoint=3),
    "no checkpoint": lambda told: told.update(checkpoint="cut o"),
    "no base64": lambda told: told["draw"].update(proof="?"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_receipt_is_said_to_be_none_in_words(log, published, tmp_path, capsys, name):
    told = copy.deepcopy(a_receipt(log, 5))
    BROKEN[name](told)
    (tmp_path / "a.plate.json").write_text(json.dumps(told))
    code = hamrong_verify.main(["receipt", str(tmp_path / "a.plate.json"), "--keys", str(published / "keys.json")])
    out = capsys.readouterr().out
    assert code in (1, 2) and out.startswith(("cannot tell: ", "TAMPERED "))
    assert "Error" not in out and "object" not in out and "Traceback" not in out, out
