"""The law and a moment make a deadline: its borders, its doubts and its derivation."""

import pickle
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.law import VIETNAM, LawError, basis, deadline, is_doubted, rule, rules, wordings
from hamrong.law.deadlines import compute

from . import leaf

FIRST, LAST = datetime(2021, 7, 1), datetime(2100, 1, 1)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(FIRST, LAST, timezones=OFFSETS).filter(lambda moment: moment >= FIRST.replace(tzinfo=VIETNAM))
AREAS = st.sampled_from(["normal", "remote"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def due(text: str) -> tuple[str, str, bool]:
    found = deadline("lodging.notify", at(text))
    return f"{found.strict:%d %H:%M}", f"{found.legal:%d %H:%M}", found.uncertain


@pytest.mark.parametrize("month", ["2024-05", "2026-11"])
@pytest.mark.parametrize(
    ("clock", "strict", "legal", "uncertain"),
    [
        ("00:00:00", "10 08:00", "10 23:00", True),
        ("07:59:00", "10 08:00", "10 23:00", True),
        ("07:59:59.999999", "10 08:00", "10 23:00", True),
        ("08:00:00", "10 23:00", "10 23:00", False),
        ("22:59:59", "10 23:00", "10 23:00", False),
        ("22:59:59.999999", "10 23:00", "10 23:00", False),
        ("23:00:00", "11 08:00", "11 08:00", True),
        ("23:00:01", "11 08:00", "11 08:00", False),
        ("23:59:59.999999", "11 08:00", "11 08:00", False),
    ],
)
def test_the_borders_of_the_day(month: str, clock: str, strict: str, legal: str, uncertain: bool) -> None:
    assert due(f"{month}-10T{clock}") == (strict, legal, uncertain)


def test_the_last_night_of_june_2026_falls_under_the_old_article_and_the_first_of_july_under_the_new() -> None:
    old, new = (deadline("lodging.notify", at(text)) for text in ("2026-06-30T23:59:59", "2026-07-01T00:00:00"))
    assert (old.version, new.version) == ("2021-07-01", "2026-07-01")
    assert old.legal == at("2026-07-01T08:00:00")
    assert old.version_hash != new.version_hash
    assert old.caution is None
    assert new.caution is not None


def test_the_day_that_chooses_the_version_is_the_day_in_viet_nam() -> None:
    assert deadline("lodging.notify", datetime(2026, 6, 30, 16, 59, 59, tzinfo=UTC)).version == "2021-07-01"
    assert deadline("lodging.notify", datetime(2026, 6, 30, 17, 0, tzinfo=UTC)).version == "2026-07-01"


def test_an_arrival_in_another_offset_is_the_same_arrival() -> None:
    here = deadline("lodging.notify", at("2026-11-24T23:30:00"))
    honolulu = datetime(2026, 11, 24, 6, 30, tzinfo=timezone(timedelta(hours=-10)))
    assert deadline("lodging.notify", honolulu) == here
    assert here.start.isoformat() == "2026-11-24T23:30:00+07:00"


def test_no_day_of_the_year_is_shorter_or_longer() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)):
        found = deadline("lodging.notify", at(f"{day}T08:00:00"))
        assert found.legal - found.start == timedelta(hours=15)


def test_a_foreigner_has_twelve_hours_and_twenty_four_where_it_is_remote() -> None:
    start = at("2026-02-16T22:30:00")
    for area, hours in (("normal", 12), ("remote", 24)):
        found = deadline("lodging.foreigner", start, params={"area": area})
        assert found.strict == found.legal == start + timedelta(hours=hours)


def test_a_rule_that_may_have_been_amended_carries_a_caution_from_that_day() -> None:
    before, after = (
        deadline("lodging.foreigner", at(day), params={"area": "normal"})
        for day in ("2026-06-30T23:59:59", "2026-07-01T00:00:00")
    )
    assert before.caution is None
    assert after.caution is not None
    assert "01/07/2026" in after.caution.en
    assert not after.uncertain


def test_a_naive_arrival_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        deadline("lodging.notify", datetime(2026, 11, 24, 8))


@pytest.mark.parametrize(
    ("rule_id", "params"),
    [
        ("lodging.notify", {"area": "normal"}),
        ("lodging.foreigner", {}),
        ("lodging.foreigner", {"area": "island"}),
        ("lodging.foreigner", {"area": "normal", "sea": "rough"}),
        ("lodging.foreigner", {"aera": "normal"}),
        ("lodging.forgotten", {}),
    ],
)
def test_what_the_rule_does_not_know_is_an_error(rule_id: str, params: Mapping[str, str]) -> None:
    with pytest.raises(LawError, match="lodging"):
        deadline(rule_id, at("2026-11-24T08:00:00"), params=params)


def test_a_day_before_the_first_version_is_an_error() -> None:
    with pytest.raises(LawError, match=r"lodging\.notify has no version for 2021-06-30"):
        deadline("lodging.notify", at("2021-06-30T23:59:59"))


def test_an_instant_is_told_in_the_time_of_viet_nam_wherever_it_was_written_down() -> None:
    told = deadline("lodging.notify", datetime(2026, 11, 24, 17, 30, tzinfo=UTC)).derivation[0]
    assert told.en == "The guest arrives at 00:30 on 25/11/2026 (Viet Nam time)."
    assert "00:30 ngày 25/11/2026" in told.vi


def test_a_day_between_two_versions_is_an_error(tmp_path: Path) -> None:
    law = leaf.small(tmp_path, ("to: null", "to: 2020-06-30"))
    with pytest.raises(LawError, match=r"demo\.term has no version for 2020-07-01"):
        compute(law, "demo.term", at("2020-07-01T00:00:00"), {})


def test_the_derivation_tells_the_event_the_version_the_case_the_date_and_the_doubt() -> None:
    steps = deadline("lodging.notify", at("2026-11-24T07:30:00")).derivation
    assert [step.en for step in steps[:2]] == [
        "The guest arrives at 07:30 on 24/11/2026 (Viet Nam time).",
        "The rule in force since 01/07/2026 applies.",
    ]
    assert steps[2].vi == "Khách đến sau nửa đêm, trước 8 giờ sáng."
    assert steps[3].vi == ("Hạn theo cách đọc chặt: 08:00 ngày 24/11/2026; chỉ coi là muộn sau 23:00 ngày 24/11/2026.")
    assert "116/2026/TT-BCA" in steps[4].vi
    assert {step.citation.en for step in steps} == {
        "Art. 30(3) Law on Residence 68/2020/QH14 (as amended by Art. 4(9) Law amending 10 laws on security and order"
        " 118/2025/QH15)"
    }


def test_the_derivation_of_a_term_names_the_parameter_and_the_count() -> None:
    found = deadline("lodging.foreigner", at("2026-06-01T22:59:59"), params={"area": "remote"})
    assert [step.vi for step in found.derivation] == [
        "Người nước ngoài đến cơ sở lưu trú lúc 22:59:59 ngày 01/06/2026 (giờ Việt Nam).",
        "Áp dụng quy định có hiệu lực từ ngày 01/01/2015 đến hết ngày 23/07/2026.",
        "Địa bàn: vùng sâu, vùng xa.",
        "Thời hạn 24 giờ, tính liên tục theo giờ, kể cả ban đêm và ngày nghỉ.",
        "Hạn: 22:59:59 ngày 02/06/2026.",
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_as_dict_gives_iso_instants_and_one_language(lang: str) -> None:
    found = deadline("lodging.notify", at("2026-11-24T00:30:00"))
    shown = found.as_dict(lang)
    assert shown["strict"] == "2026-11-24T08:00:00+07:00"
    assert shown["legal"] == "2026-11-24T23:00:00+07:00"
    assert shown["title"] == rule("lodging.notify").title.to(lang)
    assert found.caution is not None
    assert shown["caution"] == found.caution.to(lang)
    assert shown["derivation"] == [
        {"text": getattr(step, lang), "citation": step.citation.to(lang)} for step in found.derivation
    ]


def test_the_version_of_the_law_is_one_text_to_store() -> None:
    found = deadline("lodging.notify", at("2026-11-24T00:30:00"))
    assert found.law_version == f"lodging.notify@2026-07-01#{found.version_hash[:8]}"


def test_a_deadline_survives_pickling() -> None:
    found = deadline("lodging.foreigner", at("2026-11-24T00:30:00"), params={"area": "remote"})
    copied = pickle.loads(pickle.dumps(found))
    assert copied == found
    assert copied.derivation == found.derivation


def test_the_rules_are_listed_by_id() -> None:
    listed = [each.id for each in rules()]
    assert listed == sorted(listed)
    assert {"lodging.foreigner", "lodging.notify", "plate.cert"} <= set(listed)


@given(moment=MOMENTS)
def test_the_strict_reading_is_never_later_than_the_legal_and_never_before_the_arrival(moment: datetime) -> None:
    found = deadline("lodging.notify", moment)
    assert moment < found.strict <= found.legal
    assert found.legal - moment <= timedelta(hours=23)
    assert found.uncertain or found.strict == found.legal


@given(moment=MOMENTS, step=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_whoever_arrives_later_is_never_due_earlier(moment: datetime, step: timedelta) -> None:
    first, second = deadline("lodging.notify", moment), deadline("lodging.notify", moment + step)
    same_branch = (moment.astimezone(VIETNAM).hour < 8) == ((moment + step).astimezone(VIETNAM).hour < 8)
    assert first.strict <= second.strict
    if same_branch:
        assert first.legal <= second.legal


@given(moment=MOMENTS, area=AREAS, step=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_hours_run_from_the_instant_whatever_the_offset(moment: datetime, area: str, step: timedelta) -> None:
    first, second = (deadline("lodging.foreigner", start, params={"area": area}) for start in (moment, moment + step))
    assert first.legal - moment == timedelta(hours=12 if area == "normal" else 24)
    assert second.strict - first.strict == step


@given(moment=MOMENTS)
def test_every_deadline_can_be_explained_in_both_languages(moment: datetime) -> None:
    found = deadline("lodging.notify", moment)
    for step in found.derivation:
        assert step.vi and step.en and step.citation.vi and step.citation.en
        assert "{" not in step.vi + step.en


def test_a_kept_date_says_on_which_articles_it_rests_and_whether_somebody_confirmed_them():
    found = deadline("kn.accept", datetime(2026, 11, 2, tzinfo=VIETNAM))
    assert "155/2026/NĐ-CP" in basis(found.law_version).vi
    reworded = found.law_version.partition("#")[0] + "#00000000"
    assert basis(reworded) == basis(found.law_version)
    assert basis("kn.accept@1990-01-01#00000000") is None and basis("no.rule@1990-01-01#0") is None
    assert is_doubted(found.law_version) and is_doubted("no.rule@1990-01-01#0")
    assert not is_doubted(deadline("crim.custody.term", datetime(2026, 11, 2, 9, tzinfo=VIETNAM)).law_version)
    written = [each for each in wordings() if not is_doubted(each)]
    assert written and all(basis(each) for each in written)
