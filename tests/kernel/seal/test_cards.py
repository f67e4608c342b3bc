"""Cards of trustees: three of five, and a word that is wrong is noticed."""

from itertools import combinations

import pytest

from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.cards import fingerprint, flaw, public_text, read, read_public, write
from hamrong.kernel.seal.keys import pair_of

SEED = bytes(range(32))
# made once; they must be read as long as anybody keeps such a card
KEPT = (
    "welfare vexed academic acne always float review email damage airport omit discuss "
    "empty intimate aviation soldier soul junk extra cage twin iris beyond else "
    "peaceful branch smoking extra axle national penalty acne phrase",
    "welfare vexed academic agree adequate meaning flexible adjust sweater permit fatigue mustang "
    "shrimp dilemma treat engage pink aunt smoking froth excuse animal wildlife average "
    "grumpy upstairs ivory science exercise daisy forecast pulse wireless",
    "welfare vexed academic amazing award extra perfect rumor rainbow index artist source "
    "leaves estate amazing grownup papa fawn order destroy silent pile music airport "
    "focus kitchen nuclear grief divorce quantity rainbow fiscal both",
)


def test_any_three_of_five():
    cards = write(SEED)
    assert len(cards) == 5 and all(len(card.split()) == 33 for card in cards)
    assert all(read(three) == SEED for three in combinations(cards, 3))


def test_cards_that_were_written_years_ago_are_still_read():
    assert read([KEPT[0], "  " + KEPT[1].upper().replace(" ", "   "), KEPT[2]]) == SEED


def test_the_places_that_are_printed_before_the_words_may_be_typed_too():
    numbered = [" ".join(f"{place}. {word}" for place, word in enumerate(card.split(), 1)) for card in KEPT]
    assert [flaw(card, numbered[:place]) for place, card in enumerate(numbered)] == ["", "", ""]
    assert read(numbered) == SEED and flaw(numbered[0], [KEPT[0]]) == "this card was typed already"


def test_too_few_foreign_or_misread_cards_are_refused():
    cards, foreign = write(SEED), write(SEED)
    words = cards[0].split()
    for wrong in (cards[:2], [*cards[:2], foreign[2]], [cards[0], cards[0], cards[1]], [], ["hello"]):
        with pytest.raises(Broken):
            read(wrong)
    with pytest.raises(Broken):
        read([" ".join([*words[:-1], "academic" if words[-1] != "academic" else "acid"]), *cards[1:3]])


def test_the_public_key_travels_as_a_file():
    public = pair_of(SEED).public
    assert read_public(public_text(public).replace("\n", "\r\n")) == public
    for wrong in ("", public_text(public)[:-9], public_text(public)[1:], public_text(b"\1" + bytes(3))):
        with pytest.raises(Broken):
            read_public(wrong)
    assert fingerprint(public).startswith("3be7 7784 ") and len(fingerprint(public).split()) == 16
