"""The places of each form, and where a text stops fitting."""

from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.documents.plates import book
from hamrong.kernel.documents.plates.faults import REASONS
from hamrong.kernel.documents.plates.glyphs import KNOWN
from hamrong.kernel.documents.plates.patterns import fits, misfit, patterns, spelt_out


def test_a_form_is_spelt_out_in_every_width_and_order() -> None:
    rules = book()
    assert [len(each.slots) for each in spelt_out(rules, rules.forms["car"])] == [8, 7, 6]
    orders = ["".join(slot.part[0] for slot in each.slots) for each in spelt_out(rules, rules.forms["car.diplomatic"])]
    assert orders == ["cccccllnn", "ccllcccnn"]
    assert len(list(spelt_out(rules, rules.forms["army.car"]))) == len(rules.units)


def test_no_two_patterns_of_one_form_read_the_same_text() -> None:
    seen: dict[tuple[str, str], int] = {}
    for pattern in patterns():
        shape = "|".join("".join(sorted(slot.reads)) for slot in pattern.slots)
        seen[pattern.form.id, shape] = seen.get((pattern.form.id, shape), 0) + 1
    assert set(seen.values()) == {1}


@given(st.text(sorted(KNOWN | {"?", "é"}), max_size=14))
def test_what_does_not_fit_has_a_reason_that_people_are_told(text: str) -> None:
    if not fits(text):
        index, reason = misfit(text)
        assert 0 <= index <= len(text)
        assert reason in REASONS
        assert (reason == "too_short") == (index == len(text))


@given(st.text(sorted(KNOWN), min_size=1, max_size=12))
def test_the_beginning_up_to_a_misfit_can_be_completed(text: str) -> None:
    if not fits(text):
        index, _reason = misfit(text)
        beginning = text[:index]
        assert any(
            all(char in slot.reads for char, slot in zip(beginning, pattern.slots, strict=False))
            and len(pattern.slots) >= index
            for pattern in patterns()
        )
