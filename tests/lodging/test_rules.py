"""When a notification is due, to which night it belongs, what its row is answered with, and what may follow."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.lodging.rules import STATES, STEPS, check, night_of, outcome, step
from tests.lodging.notices import GUEST, NOW, VISITOR, a_stay, checked, codes


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_complete_notification_is_accepted_without_a_word():
    found = checked()
    assert found.issues == ()
    assert outcome(found) == "accepted"
    assert found.stay is not None
    assert found.stay.name_key == "nguyen thi binh"
    assert found.stay.name_mrz == "NGUYEN<<THI<BINH"
    assert found.stay.arrival_at == datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
    assert found.stay.birth == "1990-08-15"
    assert found.on_time


def test_a_foreigner_is_accepted_without_a_word():
    found = checked(VISITOR)
    assert found.issues == ()
    assert found.deadline.rule == "lodging.foreigner"
    assert found.stay is not None and found.stay.kind == "foreigner"


def test_everything_that_is_wrong_is_said_at_once():
    found = checked(
        full_name="",
        birth={"date": "1990-02-31"},
        document={"type": "cccd", "number": "12"},
        reason={"code": "other"},
        planned_departure_at="2026-11-24T10:00:00+07:00",
    )
    assert set(codes(found)) == {
        "field.missing", "date.impossible", "doc.cccd_length", "reason.text_required", "stay.order"
    }  # fmt: skip
    assert outcome(found) == "rejected"
    assert found.stay is None


@pytest.mark.parametrize(
    ("arrival", "night"),
    [
        ("2026-11-24T07:59:59+07:00", date(2026, 11, 23)),
        ("2026-11-24T08:00:00+07:00", date(2026, 11, 24)),
        ("2026-11-24T22:59:59+07:00", date(2026, 11, 24)),
        ("2026-11-24T23:30:00+07:00", date(2026, 11, 24)),
        ("2026-11-25T02:00:00+07:00", date(2026, 11, 24)),
        ("2026-11-24T19:00:00+00:00", date(2026, 11, 24)),
        ("2026-12-31T18:00:00+00:00", date(2026, 12, 31)),
    ],
)
def test_a_night_ends_at_eight_in_the_morning(arrival, night):
    assert night_of(at(arrival)) == night


@given(st.datetimes(datetime(2021, 7, 2), datetime(2030, 1, 1)), st.integers(-14 * 60, 14 * 60))
@settings(max_examples=50)
def test_the_night_does_not_depend_on_the_offset_in_which_an_arrival_is_written(moment, minutes):
    from_utc = moment.replace(tzinfo=UTC)
    assert night_of(from_utc) == night_of(from_utc + timedelta(0)) == night_of(at(written(from_utc, minutes)))


def written(moment: datetime, minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    local = (moment + timedelta(minutes=minutes)).replace(tzinfo=None)
    return f"{local.isoformat()}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@pytest.mark.parametrize(
    ("arrival", "now", "late"),
    [
        ("2026-11-24T20:30:00+07:00", "2026-11-24T22:59:59+07:00", False),
        ("2026-11-24T20:30:00+07:00", "2026-11-24T23:00:00+07:00", False),
        ("2026-11-24T20:30:00+07:00", "2026-11-24T23:00:01+07:00", True),
        ("2026-11-24T23:10:00+07:00", "2026-11-25T08:00:00+07:00", False),
        ("2026-11-24T23:10:00+07:00", "2026-11-25T08:00:01+07:00", True),
        ("2026-11-24T02:00:00+07:00", "2026-11-24T22:00:00+07:00", False),
    ],
)
def test_a_late_notification_is_accepted_and_marked(arrival, now, late):
    found = checked(arrival_at=arrival, now=at(now))
    assert found.on_time is not late
    assert codes(found) == ({"stay.late": "warning"} if late else {})
    assert found.stay is not None


def test_a_foreigner_in_a_remote_area_has_twice_the_time():
    stay = a_stay(VISITOR, arrival_at="2026-11-24T01:00:00+00:00")
    near = check(stay, now=NOW, establishment_kind="hotel")
    far = check(stay, now=NOW, establishment_kind="hotel", area="remote")
    assert not near.on_time and far.on_time
    assert far.deadline.legal - far.deadline.start == 2 * (near.deadline.legal - near.deadline.start)


def test_an_arrival_in_the_future_is_a_draft_and_no_notification():
    tomorrow = "2026-11-25T14:00:00+07:00"
    assert codes(checked(arrival_at=tomorrow)) == {"stay.arrival_future": "error"}
    draft = check(a_stay(arrival_at=tomorrow), now=NOW, establishment_kind="hotel", draft=True)
    assert draft.issues == ()


def test_a_clock_that_is_a_little_fast_is_no_fault():
    assert checked(arrival_at="2026-11-24T21:10:00+07:00").issues == ()


def test_a_slip_in_the_year_is_no_late_notification():
    found = checked(arrival_at="2025-10-24T20:30:00+07:00")
    assert codes(found) == {"stay.arrival_too_old": "error"}
    assert found.night == date(2026, 11, 24)


@pytest.mark.parametrize(
    "arrival", ["2026-11-24", "2026-11-24T20:30:00", "24/11/2026 20:30", "soon", 20261124, "9999-12-31T23:59:59-14:00"]
)
def test_an_arrival_needs_a_day_a_time_and_an_offset(arrival):
    found = checked(arrival_at=arrival)
    assert codes(found) == {"date.format": "error"}
    assert found.deadline.rule == "lodging.notify"


def test_thirty_days_are_residence_for_citizens_and_nothing_for_foreigners():
    until = {"planned_departure_at": "2026-12-24T20:30:00+07:00"}
    assert codes(checked(**until)) == {"stay.over_30_days": "warning"}
    assert codes(checked(planned_departure_at="2026-12-24T20:29:00+07:00")) == {}
    assert codes(checked(VISITOR, **until)) == {}


@pytest.mark.parametrize("kind", ["hotel", "hostel", "apartment", "hospital", "dormitory"])
def test_a_missing_room_is_a_warning_where_guests_lie_in_rooms(kind):
    assert codes(checked(room=None, place=kind)) == {"field.missing": "warning"}


@pytest.mark.parametrize("kind", ["homestay", "company", "household", "vehicle"])
def test_a_missing_room_is_nothing_where_there_are_none(kind):
    assert codes(checked(room=None, place=kind)) == {}


def test_the_date_of_birth_is_mandatory_since_the_law_names_it():
    before = checked(
        birth=None, arrival_at="2026-06-30T20:00:00+07:00", planned_departure_at="2026-07-02T12:00:00+07:00"
    )
    assert codes(before)["field.missing"] == "warning"
    assert before.stay is not None
    assert codes(checked(birth=None)) == {"field.missing": "error"}


@pytest.mark.parametrize("field", ["full_name", "document", "reason", "arrival_at", "planned_departure_at"])
def test_what_the_law_demands_must_be_there(field):
    assert "field.missing" in codes(checked(**{field: None}))
    assert outcome(checked(**{field: None})) == "rejected"


@pytest.mark.parametrize("field", ["client_ref", "kind", "sex", "nationality", "residence", "room", "phone", "capture"])
def test_what_the_law_does_not_demand_never_rejects(field):
    assert outcome(checked(**{field: None})) != "rejected"


def test_info_alone_is_no_warning():
    found = checked(residence={"text": "Phường Trường Sơn, thành phố Sầm Sơn, Thanh Hóa"})
    assert codes(found) == {"address.legacy_mapped": "info"}
    assert outcome(found) == "accepted"


def test_a_wrong_value_in_one_field_does_not_hide_the_others():
    found = check(a_stay(room=101, full_name=17.0, phone=912345678), now=NOW, establishment_kind="hotel")
    assert codes(found) == {"field.bad_char": "warning"}
    assert found.stay is not None and found.stay.room == "101" and found.stay.phone == "912345678"


def test_no_issue_shows_a_number_a_name_or_a_birth():
    found = checked(
        full_name="Trần Văn 7",
        document={"type": "cccd", "number": "038290012123"},
        birth={"date": "1843-02-03"},
        phone="0912-345-67x",
    )
    told = " ".join(f"{each.received} {each.message_vi} {each.message_en} {each.expected}" for each in found.issues)
    for secret in ("038290012123", "Trần", "1843", "345"):
        assert secret not in told


ANYTHING = st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats(allow_nan=False))


@given(
    st.fixed_dictionaries(
        {
            name: st.dictionaries(st.sampled_from(part), ANYTHING) | st.none()
            for name, part in {
                "birth": ["date", "precision"],
                "document": ["type", "number", "issuer", "expires_on"],
                "residence": ["text", "ward_code", "province_code"],
                "reason": ["code", "text"],
                "capture": ["method", "captured_at", "device_id"],
            }.items()
        }
        | {name: ANYTHING for name in GUEST if name not in ("birth", "document", "reason")}
    )
)
@settings(max_examples=100)
def test_no_value_whatever_makes_the_check_fail(fields):
    found = checked(fields)
    assert (found.stay is None) == any(each.severity == "error" for each in found.issues)


def test_every_act_is_allowed_in_exactly_the_states_of_its_table():
    moves = {(each.act, each.source): each.target for each in STEPS}
    assert len(moves) == len(STEPS)
    for act in {each.act for each in STEPS}:
        for state in ("", *STATES):
            found = step(act, state)
            assert (found.target if found else None) == moves.get((act, state))


def test_nothing_follows_a_cancellation():
    assert not [each for each in STEPS if each.source == "cancelled"]
    assert {each.target for each in STEPS} <= set(STATES)
