"""Texts that say the same are found unread; the sketch says nothing without its key."""

import secrets

from hamrong.petitions.likeness import alike, runs, sketch

KEY = secrets.token_bytes(32)
WORDS = [f"chữ{number}" for number in range(200)]


def test_case_diacritics_and_punctuation_make_no_difference():
    assert alike("Cầu tre ĐÃ gãy, chưa sửa.", "cau tre da gay chua sua") == 1.0


def test_a_short_text_is_one_run_and_none_is_none():
    assert runs("Một hai") == {"mot hai"} and runs(" .. ") == frozenset()
    assert alike("", "") == 0.0 and sketch("", KEY) == []


def test_likeness_falls_with_what_is_changed():
    half = WORDS[:100] + [f"khác{number}" for number in range(100)]
    assert 0.3 < alike(" ".join(WORDS), " ".join(half)) < 0.36


def test_texts_that_share_four_fifths_meet_and_strangers_do_not():
    met = 0
    for _ in range(100):
        text = [secrets.token_hex(4) for _ in range(100)]
        changed = text[:90] + [secrets.token_hex(4) for _ in range(10)]
        met += bool(set(sketch(" ".join(text), KEY)) & set(sketch(" ".join(changed), KEY)))
        assert not set(sketch(" ".join(text), KEY)) & set(sketch(" ".join(WORDS), KEY))
    assert met >= 95


def test_a_sketch_under_another_key_is_another_one():
    text = " ".join(WORDS)
    assert sketch(text, KEY) == sketch(text, KEY) and len(set(sketch(text, KEY))) == 8
    assert not set(sketch(text, KEY)) & set(sketch(text, secrets.token_bytes(32)))
