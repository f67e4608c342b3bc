"""Receipts: file and code say the same, both lead to what was signed, and neither says who."""

import base64
import json
import secrets

import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.proofs import merkle
from hamrong.plates import entries, rules
from hamrong.plates.queries.receipts import of_draw
from hamrong.plates.receipts import Receipt, Unreadable, read, to_code, to_file
from tests.plates.owners import a_press, a_sealer, draws_of
from tests.plates.pools import small_pool
from tests.signer import signing


@pytest.fixture(scope="module")
def receipt() -> Receipt:
    pool, _ = small_pool(90)
    for _ in range(5):
        a_press(pool)
    a_sealer().work()
    found = of_draw(pool, 4)
    assert found is not None
    return found


def test_a_receipt_proves_its_request_and_seal_and_is_signed(receipt):
    written = entries.written(receipt.request)
    assert merkle.included(written, 3, 5, receipt.batch_path, bytes.fromhex(receipt.seal["root"]))
    _, size, root = receipt.checkpoint.split("\n")[:3]
    assert merkle.included(
        entries.written(receipt.seal), receipt.seal_index, int(size), receipt.log_path, base64.b64decode(root)
    )
    Ed25519PublicKey.from_public_bytes(signing().public()["keys"]["sign.plates-receipts"]).verify(
        receipt.signature, rules.RECEIPT + entries.written(receipt.draw)
    )
    assert receipt.draw["number"] == draws_of(receipt.draw["pool"])[3].number


def test_file_and_code_are_the_same_receipt(receipt):
    assert read(to_file(receipt)) == receipt
    assert read(to_code(receipt)) == receipt
    assert read(f"https://hamrong.example/p/{to_code(receipt).lower()}\n") == receipt


def picture(code, scale=3, border=4):
    """A QR code as a picture in grey, as a camera would give it."""
    rows = [bytes(255 * (1 - dark) for dark in row) for row in code.matrix_iter(scale=scale, border=border)]
    return memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])])


def test_a_code_fits_into_one_qr_that_is_read_back(receipt):
    address = f"HTTPS://HAMRONG.EXAMPLE/P/{to_code(receipt)}"
    code = segno.make(address, error="l")
    assert code.mode == "alphanumeric"
    (found,) = zxingcpp.read_barcodes(picture(code))
    assert read(found.text) == receipt
    assert len(address) <= 2048 * 8 // 5  # what the code holds is at most 2 KB: five bits a letter


def test_nothing_in_it_says_who(receipt):
    told = to_file(receipt).decode()
    assert not any(word in told for word in ("Thử", "RLHTEST", "038190", "HS-"))


def test_a_place_that_is_not_drawn_has_no_receipt():
    pool, _ = small_pool(9)
    a_press(pool)
    assert of_draw(pool, 1) is None
    a_sealer().work()
    assert of_draw(pool, 1) is not None
    assert of_draw(pool, 2) is None
    assert of_draw(pool, 0) is None
    assert of_draw("none", 1) is None


def test_every_changed_byte_of_a_code_is_unreadable_or_another_receipt(receipt):
    raw = bytearray(base64.b32decode(to_code(receipt) + "=" * (-len(to_code(receipt)) % 8)))
    for place in range(len(raw)):
        changed = bytes(raw[:place]) + bytes([raw[place] ^ (1 << secrets.randbelow(8))]) + bytes(raw[place + 1 :])
        try:
            other = read(base64.b32encode(changed).decode())
        except Unreadable:
            continue
        assert other != receipt


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_is_given_is_read_or_unreadable(given_):
    with pytest.raises(Unreadable):
        read(given_)


@pytest.mark.parametrize(
    "change", [{"v": 2}, {"seal_index": "3"}, {"log_path": ["00"]}, {"draw": []}, {"request": None}]
)
def test_a_file_in_another_shape_is_unreadable(receipt, change):
    with pytest.raises(Unreadable):
        read(json.dumps({**json.loads(to_file(receipt)), **change}))
