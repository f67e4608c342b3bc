"""Words as keyed numbers: found however they are typed, and saying nothing without the key."""

from hypothesis import given
from hypothesis import strategies as st

from hamrong.petitions.wordmarks import WIDTH, holds, mark, marks

KEY = b"k" * 32


def test_a_word_has_one_number_however_it_is_typed():
    assert marks("text", "Biên bản XỬ PHẠT", KEY) == marks("text", "bien ban, xu phat", KEY)


def test_another_key_and_another_kind_give_other_numbers():
    words = [f"tu{number}" for number in range(64)]
    plain = [mark("text", word, KEY) for word in words]
    assert plain != [mark("text", word, b"l" * 32) for word in words]
    assert plain != [mark("name", word, KEY) for word in words]
    assert all(0 <= each < 1 << WIDTH for each in plain)


def test_words_may_stand_anywhere_and_what_is_quoted_stands_as_it_is():
    text = "Tôi khiếu nại biên bản xử phạt ngày mùng ba"
    assert holds(text, "phat bien ban")
    assert holds(text, '"bien ban xu phat" mung')
    assert not holds(text, '"bien ban phat"')
    assert not holds(text, "bien b")
    assert not holds(text, "bien ban tich thu")


@given(st.lists(st.sampled_from(["công", "an", "xã", "phường", "đơn", "thư", "khiếu", "nại"]), min_size=1, max_size=8))
def test_whatever_a_text_holds_is_among_its_numbers(words):
    text = " ".join(words)
    asked = " ".join(reversed(words))
    assert holds(text, asked)
    assert marks("text", asked, KEY) <= marks("text", text, KEY)
