"""What a text shows is what it says."""

import re
from unicodedata import bidirectional, category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.unseen import made_visible

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u200e\u200f\u061c\ufeff"
LEFT_OUT = set("\u200e\u202a\u202c\u202d\u2066\u2068\u2069\ufeff")
LETTERS = st.sampled_from("aẾđ1 -\n\t\u200d\u200c\u0645😀")
texts = st.text(LETTERS | st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Ll"]), max_size=12)


@given(texts)
def test_nothing_is_left_that_turns_a_text_around_or_cannot_be_read(text):
    plain = made_visible(text)
    assert not {sign for sign in plain if bidirectional(sign) in TURNING or sign in MARKS or category(sign) == "Cs"}
    assert {sign for sign in plain if category(sign) == "Cc"} <= {"\n", "\t"}
    assert made_visible(plain) == plain
    plain.encode()


@given(texts)
def test_whatever_can_be_read_stays_in_the_order_in_which_it_was_written(text):
    back = re.sub(r"\[U\+([0-9A-F]{4,6})\]", lambda code: chr(int(code[1], 16)), made_visible(text))
    kept = re.sub("\r\n|[\r\v\f\x85\u2028\u2029]", "\n", "".join(sign for sign in text if sign not in LEFT_OUT))
    assert back == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("hoa-don\u202efdp.exe", "hoa-don[U+202E]fdp.exe"),
        ("\u202a0912 000 222\u202c", "0912 000 222"),
        ("\ufeffmột\r\nhai\rba\vbốn", "một\nhai\nba\nbốn"),
        ("n\u200co\u200d, 👩\u200d⚖\ufe0f", "n\u200co\u200d, 👩\u200d⚖\ufe0f"),
        ("a\x00b\x1b[31m\ud800", "a[U+0000]b[U+001B][31m[U+D800]"),
        ("số 12\u200f - 15", "số 12[U+200F] - 15"),
    ],
)
def test_signs_as_they_come_by_pasting(typed, kept):
    assert made_visible(typed) == kept
