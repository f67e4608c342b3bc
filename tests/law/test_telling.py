"""Rules in words: every version, each way through it, and nothing left to be filled in."""

import pytest

from hamrong.law.library import shipped
from hamrong.law.shape import LawError, Text
from hamrong.law.telling import Telling, tellings


def texts(told: Telling) -> list[Text]:
    ways = [text for way in told.ways for text in (*way.says, *way.ladder)]
    return [*told.basis, told.evidence, *ways, *told.pauses, *(text for _, text in told.says), *told.cautions]


@pytest.mark.parametrize("rule_id", sorted(shipped().rules))
def test_every_version_is_told_the_newest_first(rule_id: str) -> None:
    told = tellings(shipped(), rule_id)
    assert [each.start for each in told] == [version.start for version in reversed(shipped().rules[rule_id].versions)]
    for each in told:
        assert all("{" not in text.vi + text.en for text in texts(each))
        assert all(way.says for way in each.ways) or each.status == "uncertain"


def test_each_extension_is_told_with_who_decides_and_who_approves() -> None:
    told = tellings(shipped(), "crim.custody.term")[0]
    assert told.ways[0].ladder[1].en == (
        "Extension no. 2: another 3 days, added up from the start. "
        "Decided or asked for by: person who decided the custody. Approved by: competent procuracy. In a special case."
    )


def test_pauses_are_told_with_the_day_from_which_the_law_knows_them() -> None:
    told = tellings(shipped(), "kn.first")[0]
    assert "From 01/07/2026: These days do not count." in told.pauses[0].en


def test_one_of_a_unit_is_told_in_the_singular() -> None:
    assert "1 working day," in tellings(shipped(), "doc.number")[0].ways[0].says[-1].en


def test_an_unknown_rule_cannot_be_told() -> None:
    with pytest.raises(LawError, match="no rule"):
        tellings(shipped(), "kn.none")
