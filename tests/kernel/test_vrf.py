"""The verifiable random function: RFC 9381's vectors, two implementations that agree, no second output for anybody."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.proofs import hamrong_verify as offline
from hamrong.kernel.proofs import vrf

ORDER = 2**252 + 27742317777372353535851937790883648493

# RFC 9381, appendix B.3, examples 16, 17 and 18: secret, public key, alpha, h, pi, beta
TAI = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "91bbed02a99461df1ad4c6564a5f5d829d0b90cfc7903e7a5797bd658abf3318",
        "8657106690b5526245a92b003bb079ccd1a92130477671f6fc01ad16f26f723f26f8a57ccaed74ee1b190bed1f479d97"
        "27d2d0f9b005a6e456a35d4fb0daab1268a1b0db10836d9826a528ca76567805",
        "90cf1df3b703cce59e2a35b925d411164068269d7b2d29f3301c03dd757876ff"
        "66b71dda49d2de59d03450451af026798e8f81cd2e333de5cdf4f3e140fdd8ae",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "5b659fc3d4e9263fd9a4ed1d022d75eaacc20df5e09f9ea937502396598dc551",
        "f3141cd382dc42909d19ec5110469e4feae18300e94f304590abdced48aed5933bf0864a62558b3ed7f2fea45c92a465"
        "301b3bbf5e3e54ddf2d935be3b67926da3ef39226bbc355bdc9850112c8f4b02",
        "eb4440665d3891d668e7e0fcaf587f1b4bd7fbfe99d0eb2211ccec90496310eb"
        "5e33821bc613efb94db5e5b54c70a848a0bef4553a41befc57663b56373a5031",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "bf4339376f5542811de615e3313d2b36f6f53c0acfebb482159711201192576a",
        "9bc0f79119cc5604bf02d23b4caede71393cedfbb191434dd016d30177ccbf8096bb474e53895c362d8628ee9f9ea3c0"
        "e52c7a5c691b6c18c9979866568add7a2d41b00b05081ed0f58ee5e31b3a970e",
        "645427e5d00c62a23fb703732fa5d892940935942101e456ecca7bb217c61c45"
        "2118fec1219202a0edcf038bb6373241578be7217ba85a2687f7a0310b2df19f",
    ),
]

# The same keys and alphas under suite 4 (ELL2), examples 19, 20 and 21: proofs that we must not take for ours
ELL2 = [
    "7d9c633ffeee27349264cf5c667579fc583b4bda63ab71d001f89c10003ab46f14adf9a3cd8b8412d9038531e865c341"
    "cafa73589b023d14311c331a9ad15ff2fb37831e00f0acaa6d73bc9997b06501",
    "47b327393ff2dd81336f8a2ef10339112401253b3c714eeda879f12c509072ef055b48372bb82efbdce8e10c8cb9a2f9"
    "d60e93908f93df1623ad78a86a028d6bc064dbfc75a6a57379ef855dc6733801",
    "926e895d308f5e328e7aa159c06eddbe56d06846abf5d98c2512235eaa57fdce35b46edfc655bc828d44ad09d1150f31"
    "374e7ef73027e14760d42e77341fe05467bb286cc2c9d7fde29120a0b2320d04",
]


@pytest.mark.parametrize(("secret", "public", "alpha", "h", "pi", "beta"), TAI)
def test_the_vectors_of_the_rfc(secret: str, public: str, alpha: str, h: str, pi: str, beta: str) -> None:
    key, message, proof = bytes.fromhex(public), bytes.fromhex(alpha), bytes.fromhex(pi)
    assert vrf.public_key(bytes.fromhex(secret)) == key
    assert vrf.encode_to_curve(key, message).hex() == h
    assert vrf.prove(bytes.fromhex(secret), message) == proof
    assert vrf.proof_to_hash(proof).hex() == beta
    assert vrf.verify(key, message, proof) == bytes.fromhex(beta)
    assert offline.proved(key, message, proof) == bytes.fromhex(beta)


@pytest.mark.parametrize("number", range(3))
def test_proofs_of_another_suite_are_refused(number: int) -> None:
    key, message, proof = bytes.fromhex(TAI[number][1]), bytes.fromhex(TAI[number][2]), bytes.fromhex(ELL2[number])
    assert vrf.verify(key, message, proof) is None
    assert offline.proved(key, message, proof) is None


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.binary(max_size=80))
@settings(max_examples=60)
def test_both_verifiers_agree_and_take_a_proof_for_its_own_alpha_alone(
    secret: bytes, alpha: bytes, other: bytes
) -> None:
    public, proof = vrf.public_key(secret), vrf.prove(secret, alpha)
    output = vrf.proof_to_hash(proof)
    assert vrf.verify(public, alpha, proof) == offline.proved(public, alpha, proof) == output
    if other != alpha:
        assert vrf.verify(public, other, proof) is None
        assert offline.proved(public, other, proof) is None


def test_no_flipped_bit_of_a_proof_passes() -> None:
    for _, public, alpha, _, pi, _ in TAI:
        key, message, proof = bytes.fromhex(public), bytes.fromhex(alpha), int(pi, 16)
        for bit in range(640):
            assert vrf.verify(key, message, (proof ^ 1 << bit).to_bytes(80, "big")) is None


def test_a_scalar_beyond_the_order_is_no_second_proof() -> None:
    _, public, alpha, _, pi, _ = TAI[1]
    raw = bytes.fromhex(pi)
    larger = raw[:48] + (int.from_bytes(raw[48:], "little") + ORDER).to_bytes(32, "little")
    assert vrf.verify(bytes.fromhex(public), bytes.fromhex(alpha), larger) is None
    assert offline.proved(bytes.fromhex(public), bytes.fromhex(alpha), larger) is None


# Points of small order, in their canonical and in other forms: no key and no gamma may be one of them.
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000080",
]


@pytest.mark.parametrize("point", SMALL)
def test_points_of_small_order_are_no_keys_and_no_gammas(point: str) -> None:
    raw, proof = bytes.fromhex(point), bytes.fromhex(TAI[0][4])
    for verify in (vrf.verify, offline.proved):
        assert verify(raw, b"", proof) is None
        assert verify(bytes.fromhex(TAI[0][1]), b"", raw + proof[32:]) is None
        assert verify(raw, b"", raw + bytes(48)) is None


@given(st.binary(max_size=100), st.binary(max_size=40), st.binary(max_size=120))
def test_anything_at_all_is_refused_and_never_an_error(public: bytes, alpha: bytes, proof: bytes) -> None:
    assert vrf.verify(public, alpha, proof) is None
    assert offline.proved(public, alpha, proof) is None


def test_outputs_are_spread_over_all_ranks() -> None:
    secret, n = hashlib.sha256(b"spread").digest(), 10
    outputs = (vrf.proof_to_hash(vrf.prove(secret, bytes([number]))) for number in range(250))
    counts = [0] * n
    for output in outputs:
        counts[int.from_bytes(output, "big") * n >> 512] += 1
    assert min(counts) >= 10
