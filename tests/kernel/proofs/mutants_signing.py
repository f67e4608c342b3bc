"""What must notice a change in signatures, notes, the verifiable random function and canonical JSON."""

import hashlib
from functools import cache

import rfc8785

from hamrong.kernel import canonical
from hamrong.kernel.proofs import checkpoints, hamrong_verify, merkle, notes, vrf
from tests.kernel.proofs.mutants import Target, refused
from tests.kernel.test_vrf import ELL2, ORDER, SMALL, TAI

P = 2**255 - 19
SEED = hashlib.sha256(b"log").digest()
TEXT = checkpoints.Checkpoint("hamrong.example/38/audit", 7, bytes(32)).text()
TIME = 1_764_000_000
MESSAGES = [b"", b"r", bytes(range(200))]


@cache
def signatures():
    """(key, message, signature) by the library that the verifier shares nothing with."""
    private = notes.Ed25519PrivateKey.from_private_bytes(SEED)
    return [(notes.public_of(SEED), each, private.sign(each)) for each in MESSAGES]


def flipped(raw):
    """The same bytes, each time with another bit changed: a sample that touches every part."""
    for place in (0, 1, 15, 16, 30, 31, 32, 33, 47, 48, 62, 63, 79):
        if place < len(raw):
            yield raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


def beyond(raw, start):
    """The same proof or signature with a scalar that stands for the same number."""
    return raw[:start] + (int.from_bytes(raw[start:], "little") + ORDER).to_bytes(32, "little")


def of_ed25519(code):
    """Checks of the verifier's arithmetic and signatures."""
    assert code.P == P and code.L == ORDER
    for number in (1, 2, 3, 8, 255, ORDER - 1):
        raw = vrf.sodium.crypto_scalarmult_ed25519_base_noclamp(number.to_bytes(32, "little"))
        point = code.times(number, code.BASE)
        assert code.encoded(point) == raw
        assert code.same(code.decoded(raw), point) and code.encoded(code.decoded(raw)) == raw
        assert point[0] * point[1] % P == point[3] * point[2] % P
    assert code.same(code.times(ORDER, code.BASE), code.NEUTRAL) and code.same(code.times(0, code.BASE), code.NEUTRAL)
    assert not code.same(code.BASE, code.NEUTRAL)
    assert not code.same((1, 2, 1, 2), (1, 3, 1, 3)) and not code.same((1, 2, 1, 2), (2, 2, 1, 4))
    _points(code)
    for public, message, signature in signatures():
        assert code.signed(public, message, signature)
        assert not code.signed(public, message + b"x", signature)
        assert not any(code.signed(public, message, each) for each in flipped(signature))
        assert not any(code.signed(each, message, signature) for each in flipped(public))
        assert code.signed(public, message, signature + b"x") is False and code.signed(public, message, b"") is False
        assert code.signed(public, message, beyond(signature, 32)) is False
        assert code.signed((P + 3).to_bytes(32, "little"), message, signature) is False
        assert code.signed(public, message, (P + 3).to_bytes(32, "little") + signature[32:]) is False


def _points(code):
    """Bytes that are no point, or no canonical one."""
    on_curve = {y for y in range(2, 60) if pow((y * y - 1) * pow(code_d() * y * y + 1, -1, P), (P - 1) // 2, P) == 1}
    for y in range(2, 60):
        for sign in (0, 1):
            raw = (y | sign << 255).to_bytes(32, "little")
            point = code.decoded(raw)
            assert (point is not None) == (y in on_curve), y
            assert point is None or code.encoded(point) == raw
    for y in (P, P + 1, P + 3, 2**255 - 1):
        assert code.decoded(y.to_bytes(32, "little")) is None
    assert code.decoded((1).to_bytes(32, "little")) is not None
    assert code.decoded((1 | 1 << 255).to_bytes(32, "little")) is None
    assert code.decoded(bytes(31)) is None and code.decoded(bytes(33)) is None


def code_d():
    """d of Edwards25519 (RFC 8032, 5.1)."""
    return 37095705934669439343138083508754565189542113879843219016388785533085940283555


def _vectors(verify):
    """RFC 9381's vectors pass, and nothing that is near them."""
    for number, (_, public, alpha, _, pi, beta) in enumerate(TAI):
        key, message, proof = bytes.fromhex(public), bytes.fromhex(alpha), bytes.fromhex(pi)
        assert verify(key, message, proof) == bytes.fromhex(beta)
        assert verify(key, message + b"x", proof) is None
        assert verify(key, message, bytes.fromhex(ELL2[number])) is None
        assert verify(key, message, beyond(proof, 48)) is None
        assert verify(key, message, proof + b"x") is None and verify(key, message, proof[:-1]) is None
    key, proof = bytes.fromhex(TAI[0][1]), bytes.fromhex(TAI[0][4])
    assert not any(verify(key, b"", each) for each in flipped(proof))
    mixed = vrf.sodium.crypto_core_ed25519_add(key, bytes.fromhex(SMALL[4]))
    assert verify(mixed, b"", proof) is None, "a key of eight times the prime order"
    for point in map(bytes.fromhex, SMALL):
        assert verify(point, b"", proof) is None
        assert verify(key, b"", point + proof[32:]) is None


def of_the_offline_vrf(code):
    """Checks of the verifier's proofs of random values."""
    _vectors(code.proved)
    assert not code.sound(None) and not code.sound(code.NEUTRAL) and code.sound(code.BASE)
    for point in SMALL:
        assert not code.sound(code.decoded(bytes.fromhex(point)))
    mixed = code.add(code.BASE, code.decoded(bytes.fromhex(SMALL[3])))
    assert not code.sound(mixed), "of eight times the prime order"


def of_the_vrf(code):
    """Checks of the function that proves, on libsodium."""
    _vectors(code.verify)
    for secret, public, alpha, h, pi, beta in TAI:
        assert code.public_key(bytes.fromhex(secret)).hex() == public
        assert code.encode_to_curve(bytes.fromhex(public), bytes.fromhex(alpha)).hex() == h
        assert code.prove(bytes.fromhex(secret), bytes.fromhex(alpha)).hex() == pi
        assert code.proof_to_hash(bytes.fromhex(pi)).hex() == beta
    proof = bytes.fromhex(TAI[0][4])
    for wrong in (b"", proof[:-1], proof + b"x", bytes.fromhex(SMALL[0]) + proof[32:]):
        refused(lambda wrong=wrong: code.proof_to_hash(wrong))
    for number in range(12):  # half of all tries meet no point, so that several counters come up
        public = vrf.public_key(SEED)
        assert code.encode_to_curve(public, bytes([number])) == vrf.encode_to_curve(public, bytes([number]))
        assert code.verify(public, bytes([number]), vrf.prove(SEED, bytes([number])))


def _note():
    return notes.written(
        TEXT, [notes.sign(TEXT, "hamrong.example/38/audit", SEED), notes.cosign(TEXT, "w", SEED, TIME)]
    )


def of_the_notes(code):
    """Checks of kernel.proofs.notes."""
    key, witness = (code.key_of(*each, SEED) for each in (("hamrong.example/38/audit", 1), ("w", 4)))
    assert code.written(TEXT, [code.sign(TEXT, key.name, SEED), code.cosign(TEXT, "w", SEED, TIME)]) == _note()
    assert str(key) == str(notes.key_of(key.name, notes.ED25519, SEED)) and code.read_key(f" {key}\n") == key
    assert code.read_key(str(witness)) == witness
    note = code.read(_note())
    assert note.text == TEXT and len(note.lines) == 2
    assert code.is_signed(note, key) and code.cosigned_at(note, witness) == TIME
    assert not code.is_signed(note, witness) and code.cosigned_at(note, key) is None
    assert not code.is_signed(note, code.key_of(key.name, 1, bytes(32)))
    assert code.cosigned_at(note, code.key_of("w", 4, bytes(32))) is None
    for lines in ([], [note.lines[1]], [note.lines[0], _spoilt(code, note.lines[0])]):
        assert not code.is_signed(code.Note(TEXT, tuple(lines)), key)
    for lines in ([], [note.lines[1], note.lines[1]], [_spoilt(code, note.lines[1])]):
        assert code.cosigned_at(code.Note(TEXT, tuple(lines)), witness) is None
    line = note.lines[1]
    assert code.cosigned_at(code.Note(TEXT, (code.Line("w", line.key_id, line.signature[:-1]),)), witness) is None
    assert code.cosigned_at(code.Note(TEXT, (code.Line("v", line.key_id, line.signature),)), witness) is None
    assert code.cosigned_at(code.Note(TEXT, (code.Line("w", b"1234", line.signature),)), witness) is None
    assert not code.is_signed(code.Note(TEXT, note.lines), code.Key(key.name, 1, b"short"))
    _bad_notes(code, key)


def _spoilt(code, line):
    return code.Line(line.name, line.key_id, line.signature[:-1] + bytes([line.signature[-1] ^ 1]))


def _bad_notes(code, key):
    told, line = str(key), "— w MSb9YgAA"
    raw = bytes([5]) + key.public
    other = f"x+{hashlib.sha256(b'x' + bytes([10]) + raw).digest()[:4].hex()}+{notes.base64.b64encode(raw).decode()}"
    short = f"x+{hashlib.sha256(b'x' + bytes([10, 1, 2])).digest()[:4].hex()}+AQI="
    for wrong in (
        "",
        "x",
        "a+00000000+",
        told[:-4],
        told.replace("+", " "),
        told.replace("3", "4"),
        other,
        short,
        f"a b{told}",
        told[told.index("+") :],
    ):
        refused(lambda wrong=wrong: code.read_key(wrong), code.BadNote)
    assert len(code.read("a\n\n" + f"{line}\n" * 100).lines) == 100
    for wrong in (
        "a",
        "a\n\n",
        f"a\n\n{line}",
        f"\n\n{line}\n",
        "a\n\n" + f"{line}\n" * 101,
        f"a\t\n\n{line}\n",
        f"a\x1f\n\n{line}\n",
        f"a\n{line}\n",
        "a\n\nb\n",
    ):
        refused(lambda wrong=wrong: code.read(wrong), code.BadNote)
    assert code.read(f"a \n\n{line}\n").text == "a \n"
    assert code.read_line("— w MTIzNDU=") == code.Line("w", b"1234", b"5")
    for wrong in (
        "— w MTIzNA==",
        "w MTIzNDU=",
        "— w",
        "—  MTIzNDU=",
        "— w+v MTIzNDU=",
        "— w MTIzNDU",
        "— w MTIzNDV=",
        "-",
    ):
        refused(lambda wrong=wrong: code.read_line(wrong), code.BadNote)


def of_the_offline_notes(code):
    """Checks of the verifier's notes and keys."""
    key, witness = (notes.key_of(*each, SEED) for each in (("hamrong.example/38/audit", 1), ("w", 4)))
    raw = _note().encode()
    text, lines, origin, size, root = note = code.note_of(raw)
    assert (text, origin, size, root, len(lines)) == (TEXT, key.name, 7, bytes(32), 2)
    assert code.key_of(str(key)) == (key.name, key.id, key.public)
    assert code.cosigned(note, str(witness)) == TIME and code.cosigned(note, str(key)) is None
    code.check_signed(note, {"logs": [str(key)]})
    code.check_signed(note, {"logs": [str(key)]}, key.name)
    _kind(code, "unknown-key", lambda: code.check_signed(note, {"logs": [str(key)]}, "another"))
    _kind(code, "unknown-key", lambda: code.check_signed(note, {"logs": [str(witness)]}))
    other = notes.key_of(key.name, 1, bytes(32))
    _kind(code, "signature", lambda: code.check_signed(note, {"logs": [str(other)]}))
    spoilt = [(*lines[0][:2], bytes(64)), lines[0]]
    _kind(code, "signature", lambda: code.check_signed((TEXT, spoilt, *note[2:]), {"logs": [str(key)]}))
    _kind(code, "signature", lambda: code.check_signed(("x" + TEXT, *note[1:]), {"logs": [str(key)]}))
    refused(lambda: code.key_of(str(key).replace("+", "+0", 1)), code.Unknown)
    every = (notes.key_of("w", 4, bytes([number] * 32)) for number in range(99))
    with_plus = next(each for each in every if "+" in str(each).split("+", 2)[2])
    assert code.key_of(str(with_plus)) == ("w", with_plus.id, with_plus.public)
    assert notes.read_key(str(with_plus)) == with_plus
    for size_, kind in ((merkle.EMPTY, None), (bytes(32), "root")):
        empty = checkpoints.Checkpoint(key.name, 0, size_).text()
        told = code.note_of(notes.written(empty, [notes.sign(empty, key.name, SEED)]).encode())
        if kind is None:
            code.check_signed(told, {"logs": [str(key)]})
        else:
            _kind(code, kind, lambda told=told: code.check_signed(told, {"logs": [str(key)]}))
    for cosignature in (lines[1][2] + b"x", lines[1][2][:-1], bytes(72)):
        assert code.cosigned((TEXT, [(*lines[1][:2], cosignature)], *note[2:]), str(witness)) is None
    assert code.cosigned((TEXT, [("v", *lines[1][1:])], *note[2:]), str(witness)) is None
    for wrong in (
        b"",
        raw[:-1],
        raw.replace(b"\n7\n", b"\n07\n"),
        raw.replace(b"\n7\n", b"\n-7\n"),
        raw.replace("—".encode(), b"-"),
        raw.replace(b"\n\n", b"\n"),
        b"more\n" + raw,
        raw.replace(TEXT.split("\n")[2].encode(), b"AAAA"),
        raw + b"x\n",
    ):
        refused(lambda wrong=wrong: code.note_of(wrong), code.Unknown)
    assert code.tile("entries", 0, 256) == "tile/entries/000" and code.tile(0, 0, 255) == "tile/0/000.p/255"
    assert code.tile(1, 1_234_067, 256) == "tile/1/x001/x234/067" and code.tile(0, 1000, 1) == "tile/0/x001/000.p/1"
    assert code.tile(0, 999, 1) == "tile/0/999.p/1"


def _kind(code, kind, what):
    try:
        what()
    except code.Bad as bad:
        assert str(bad).startswith(f"{kind}: "), bad
        return
    raise AssertionError(f"not {kind}")


class _Word(str):
    pass


def of_canonical_json(code):
    """Checks of kernel.canonical, against the library for everything that it writes by itself."""
    most = 2**53 - 1
    for value in (
        None,
        True,
        False,
        0,
        -1,
        most,
        -most,
        "",
        "ế",
        "\u2028",
        [],
        {},
        [[], [1, {"a": None}]],
        {"b": 1, "a": {"d": 2, "c": "x"}},
        {"\ufb33": 1, "\U0001f600": 2, "a": 3},
        {"a": {"\ufb33": 1, "\U0001f600": 2}},
        [{"\ufb33": 1, "\U0001f600": 2}],
        1.0,
        [1e21],
        (1, 2),
        {"a": 0.5},
        _Word("x"),
        {_Word("k"): 1},
        1e-7,
        -0.0,
    ):
        assert code.canonical(value) == rfc8785.dumps(value), value
    for wrong in (most + 1, -most - 1, [most + 1], {"a": -most - 1}, float("nan"), {"a": float("inf")}):
        refused(lambda wrong=wrong: code.canonical(wrong), rfc8785.CanonicalizationError)
    assert code.digest({}) == hashlib.sha256(b"{}").hexdigest()
    for told in (1, "x", [], {}, None, True, most, -most):
        assert code._is_plain(told), told
    for told in (1.5, (1,), {1: 2}, {"\ufb33": 1}, [1.5], {"a": [(1,)]}, most + 1, -most - 1):
        assert not code._is_plain(told), told


TARGETS = (
    Target(
        hamrong_verify,
        frozenset({"P", "L", "D", "ROOT", "NEUTRAL", "BASE", "add", "times", "same", "encoded", "decoded", "signed"}),
        of_ed25519,
    ),
    Target(hamrong_verify, frozenset({"sound", "proved"}), of_the_offline_vrf),
    Target(hamrong_verify, frozenset({"note_of", "key_of", "check_signed", "cosigned", "tile"}), of_the_offline_notes),
    Target(
        vrf,
        frozenset(
            {
                "public_key",
                "prove",
                "proof_to_hash",
                "verify",
                "_is_sound",
                "_minus",
                "encode_to_curve",
                "_cleared",
                "_keyed",
                "_challenge",
                "SUITE",
                "PROOF",
                "_ORDER",
                "_TRIES",
            }
        ),
        of_the_vrf,
    ),
    Target(
        notes,
        frozenset(
            {
                "Key.id",
                "Key.__str__",
                "Line.__str__",
                "read_key",
                "key_of",
                "public_of",
                "read",
                "read_line",
                "from_base64",
                "written",
                "sign",
                "cosign",
                "is_signed",
                "cosigned_at",
                "_of",
                "_cosigned",
                "_is_right",
                "_is_name",
                "ED25519",
                "COSIGNATURE",
                "MOST_LINES",
            }
        ),
        of_the_notes,
    ),
    Target(canonical, frozenset({"_SAFE", "_is_plain", "canonical", "digest"}), of_canonical_json),
)
NEVER = "that many tries without a point happen once in 2 to the power 256"
QUOTED = "how much of a wrong text is quoted"
EQUIVALENT: dict[str, str] = {
    "hamrong_verify.ROOT: Sub->Add at 15 of `ROOT = pow(2, (P - 1) // 4, P)`": "P is 1 above a multiple of 4",
    "hamrong_verify.proved: 256->257 at 25 of `for counter in range(256):`": NEVER,
    "vrf._TRIES: 256->257 at 16 of `_TRIES: Final = 256`": NEVER,
    'hamrong_verify.check_signed: 3->4 at 69 of `raise Bad("signature", f"the checkpoint of {told} with {note[3]} '
    'entries is not signed with its key")`': "what the sentence says beside the name of the fault",
    "vrf.verify: And->Or at 56 of `if len(public) != 32 or len(proof) != PROOF or not (_is_sound(public) and "
    "_is_sound(proof[:32])):`": "libsodium refuses points outside the subgroup once more when it multiplies",
    'notes.read_key: 60->61 at 48 of `raise BadNote(f"no verifier key: {told[:60]!r}")`': QUOTED,
    'notes.read_key: 60->61 at 48 of `raise BadNote(f"no verifier key: {told[:60]!r}") from error`': QUOTED,
    'notes.read_key: 20->21 at 75 of `raise BadNote(f"the id of {name} is {key.id.hex()}, not '
    '{identity[:20]!r}")`': QUOTED,
    'notes.read_line: 60->61 at 45 of `raise BadNote(f"no signature: {told[:60]!r}")`': QUOTED,
    'notes.read_line: 60->61 at 45 of `raise BadNote(f"no signature: {told[:60]!r}") from error`': QUOTED,
}
