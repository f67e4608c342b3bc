"""Envelopes for one person: known answers, the right person and place only, and no touched bit."""

import hashlib
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.seal.bound import Broken, bound
from hamrong.kernel.seal.envelopes import OVERHEAD, unwrap, wrap
from hamrong.kernel.seal.keys import PUBLIC, new_pair, pair_of, public_key

PAIR = pair_of(bytes(range(32)))
ABOUT = bound("share/v1", UUID(int=7), 1)
CONTENT = b"a share of a key, 33 bytes long.."
KNOWN = (
    "01da0f3ce528a69b475a84a6c49e4901d5bf515f3b1a08ecc338c5cd2091cbe6ead8a6939038243759e7c02e32136a721165477b"
    "5543887162818e370b4d1ca99cebe6ee71b89c8f1f011b5964a6582a319ab28055d9b00e84c72633e864c26139e9e137cd1e21c9"
    "f9839ed97edbdf9117d2f472d9164aaf8837bdf0fcbe4dbd144df9d0114860531c6db30ac5666b9e4c99118b770d9e3bc802b27e"
    "08931bde16b8bc80be8acc3acd0a7bb8c234047741f097525cb33f0a1cd0b6bd48de9025c37d495da90c1e7bf00ef4e60f7b76f4"
    "b30c018c8729fefce6c536b9bd5d22315900a38d6c8867f267c7b6ec22ef1cc1bab75c381426a3aefac4ce9f5563cb35bae69db1"
    "2a9593a7c0e842a879e236090288cb9f076a7fff1cbc6e71bb33f36e4c23c72d524a36b046d89910c3620bdcfdeef77677b01e7c"
    "f7c12855a9c8b2ad76812b529ecb9eee709163be65a10af41a64cf389d4d41fcb497a9f7faac53733c975d56ea25ccc0db887f06"
    "4ad5f9191ba71531a11aaa2fec0fcb749f15122c00cd5517344308d6c229901c42ee77130e29fa1ea14e0d95a53e9322bd7db6c7"
    "eaabd87e67e9780e89e8c283186ed5c6b4eaeb1197664aa5b08dfb43bc5cc7fb0d8f6d78400d2aca8874399f5da75acfdaa7ebcd"
    "b990f67602ab2a6b42f337b92d0ddbe5ab67b25dcd884317882cea8d558c400182b5fe2f669f75a021cadb22ce7353951542d252"
    "3e85a1f6423b243f309db434da84084ba948505233e381af0b0f70c117fe336e9c8808969a4b78ba3e2e3d2164d606884fdecad5"
    "3808a2196ef6e65d94c8ec9e4da8f7c647dec3c36f66e0fefecf2a8d255ba03a0ed1fbc05c4538f040155e8eb75eb2389a7230fb"
    "555b43fa015b21c5c5e36888fbac59517b52a3ad44bc7d04ec976954a00dd96392c3fd4ccf44a723e528691d2ff83caf60486586"
    "a2507d0eb34a6b203b3e99c0921b6d14c21290ce97be9f151b96a1083321d76f237d95b7e1c0dba9f954bd8ec00092c4a3a6e1ee"
    "27699e599f61814a19c6aa7fe7d1a3a2954053a4b60faae69cf72a986bde6538a404ba61bf5595cc27849cd95d0d675180e2c54d"
    "cae6cf07a641d3be76ed662bb2e14cb51d3d3bb77683af9562888a1c4a55215e870bf24b21f6a24b8499495084434b371e1e184d"
    "f1e245da0e16b7f09697773ddfc3a035801251ce081fc33b36e0c5a4b529a1560a593192cf31105482fc874531396fdb389c000a"
    "f79c159e5dc17c1c6e7b000b0b5ca9a73a3cb327644aa7f05b5e3fd5af93411552dc44a61f5da94f2f0680519c573b690dd63aae"
    "b5f4995c1ef722304afc7cb67aa5febb493ad97d098a6c85ced9bccbfcc1b44d05218abd2c63748735231e87dc31792e36303b3f"
    "fbe5ff93ab2729e19c10324b1844a4f3f4dd3e0d2a6acffc1ea5c4792ba2c25901c365662a2dbe3a9f5b287d892e0bce18e5e20c"
    "bd91d26e68d83a428743bc85ff3e1a0d132674ed4beead7e2de5f650b0e80d4193c9956b6cb1628cca75a281705442ee4ab626c9"
    "7bfc6a3589e93dc12c55f04e71b477339242770c230a4d12a09a36095cd07571a3615527fe96f43d66ca1bd48e432842cbedd29e"
    "fca95178c54de2e2ea34cf0e59d3635a16e7ca44d29b1cad35a3"
)


def test_a_seed_gives_the_same_pair_for_ever():
    digest = hashlib.sha256(PAIR.public).hexdigest()
    assert digest == "3be77784a9f5ddd0e10178e36e1b6fc25b6875e8ea2d340f501f9d15a9c95913"
    assert len(PAIR.public) == PUBLIC == 1217


def test_what_was_wrapped_years_ago_still_opens():
    assert unwrap(bytes.fromhex(KNOWN), PAIR.seed, ABOUT) == CONTENT


@settings(max_examples=30)
@given(st.binary(max_size=100), st.binary(max_size=40))
def test_what_is_wrapped_opens_for_its_owner(content, about):
    pair = new_pair()
    wrapped = wrap(content, pair.public, about)
    assert unwrap(wrapped, pair.seed, about) == content
    assert len(wrapped) == OVERHEAD + len(content)


def test_two_envelopes_of_one_content_differ_in_every_part():
    one, other = wrap(CONTENT, PAIR.public, ABOUT), wrap(CONTENT, PAIR.public, ABOUT)
    assert one[1:33] != other[1:33] and one[-32:] != other[-32:]


def test_another_person_or_place_does_not_open_it():
    wrapped = wrap(CONTENT, PAIR.public, ABOUT)
    with pytest.raises(Broken):
        unwrap(wrapped, new_pair().seed, ABOUT)
    with pytest.raises(Broken):
        unwrap(wrapped, PAIR.seed, bound("share/v1", UUID(int=8), 1))


@settings(max_examples=150)
@given(st.data())
def test_one_flipped_bit_and_it_does_not_open(data):
    wrapped = bytearray.fromhex(KNOWN)
    bit = data.draw(st.integers(0, 8 * len(wrapped) - 1))
    wrapped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Broken):
        unwrap(bytes(wrapped), PAIR.seed, ABOUT)


def test_bytes_that_are_no_key_are_refused():
    for wrong in (b"", PAIR.public[:-1], PAIR.public + b"\0", b"\2" + PAIR.public[1:], b"\1" + b"\xff" * 1216):
        with pytest.raises(Broken):
            public_key(wrong)
    with pytest.raises(ValueError):
        pair_of(b"short")
