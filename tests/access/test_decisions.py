"""One function decides, over tables: who, where, for which purpose, with which proof."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, keeper, operator, visitor
from hamrong.access.decisions import Allow, decide, register, registered
from hamrong.access.entries import act_of
from hamrong.access.roles import purposes, roles, words_of_acts
from hamrong.access.signins import ACTS
from hamrong.law.citations import spelled
from tests.world import NOW, actor

WARD, OTHER = Target(ward="14797", province="38"), Target(ward="14812", province="38")


def reason(answer: Grant | Refusal) -> str:
    return "granted" if isinstance(answer, Grant) else answer.reason


def test_an_officer_of_the_commune_and_no_other():
    officer = actor("ward-duty", "14797")
    assert reason(decide(officer, "place.decide", WARD)) == "granted"
    assert reason(decide(officer, "place.decide", OTHER)) == "other-scope"


def test_the_province_covers_its_communes():
    assert reason(decide(actor("province-residence", "38"), "place.list", OTHER)) == "granted"
    assert reason(decide(actor("province-residence", "01"), "place.list", OTHER)) == "other-scope"


def test_a_post_that_does_not_include_the_act():
    assert reason(decide(actor("inspector", "38"), "place.decide", WARD)) == "no-post"
    assert reason(decide(actor("accounts-admin", "38"), "stay.open", WARD, purpose="night-control")) == "no-post"


def test_a_visitor_is_asked_to_sign_in_and_somebody_without_a_post_is_not():
    assert reason(decide(visitor("v"), "place.decide", WARD)) == "sign-in"
    assert reason(decide(Actor("person:x", "", "s", (), True), "place.decide", WARD)) == "no-post"


def test_a_second_factor_is_asked_for_after_the_post():
    weak = actor("ward-duty", "14797", strong=False)
    assert reason(decide(weak, "place.decide", WARD)) == "second-factor"
    assert reason(decide(weak, "place.decide", OTHER)) == "other-scope"
    clerk = Actor("person:x", "", "s", (Holding("host-clerk", "SS-0001"),))
    assert reason(decide(clerk, "stay.notify", Target(establishment="SS-0001"))) == "granted"


@pytest.mark.parametrize(
    ("purpose", "case", "answer"),
    [
        ("", "", "purpose-missing"),
        ("investigation", "", "case-missing"),
        ("investigation", "  ", "case-missing"),
        ("investigation", "MA-12/2026", "granted"),
        ("night-control", "", "granted"),
        ("statistics", "", "purpose-not-allowed"),
        ("curiosity", "", "purpose-not-allowed"),
    ],
)
def test_the_purpose_is_chosen_among_those_of_the_act(purpose, case, answer):
    assert reason(decide(actor("ward-duty", "14797"), "stay.open", WARD, purpose=purpose, case_ref=case)) == answer


def test_the_only_purpose_of_an_act_need_not_be_named():
    granted = decide(actor("ward-duty", "14797"), "place.decide", WARD)
    assert isinstance(granted, Grant) and granted.purpose == "night-control"


def test_of_several_posts_the_one_that_fits_is_used():
    both = Actor("person:x", "", "s", (Holding("ward-duty", "14797"), Holding("ward-chief", "14812")), True)
    granted = decide(both, "place.decide", OTHER)
    assert isinstance(granted, Grant) and granted.holding == Holding("ward-chief", "14812")


def test_an_act_without_a_row_is_a_bug():
    with pytest.raises(KeyError):
        decide(actor("ward-duty", "14797"), "stay.destroy", WARD)


@pytest.mark.parametrize(
    "row",
    [
        Allow("x.y", ("emperor",), ("inspection",)),
        Allow("x.y", ("inspector",), ("fun",)),
        Allow("stay.open", ("visitor",), ("inspection",)),
    ],
)
def test_a_row_with_an_unknown_role_or_purpose_or_a_second_one_for_an_act_is_a_bug(row):
    with pytest.raises(ValueError, match="policy row"):
        register([row])


def test_no_role_may_do_everything_and_none_reads_both_guests_and_accounts():
    acts = {code: {act for act, row in registered().items() if code in row.roles} for code in roles()}
    assert all(len(mine) < len(registered()) / 2 for mine in acts.values())
    for code, mine in acts.items():
        guests = any(act.startswith("stay.") for act in mine)
        assert not (guests and {"person.read", "post.appoint"} & mine), code


def test_whoever_reads_many_guests_or_the_record_proves_a_second_factor():
    for act in ("stay.search", "stay.open", "stay.export", "audit.read", "audit.open", "person.create"):
        for code in registered()[act].roles:
            assert roles()[code].strong or roles()[code].by == "system", (act, code)


def test_a_wall_stands_behind_every_role():
    walls = {role.wall for role in roles().values()}
    assert walls <= {
        "hamrong_app",
        "hamrong_host",
        "hamrong_ward",
        "hamrong_province",
        "hamrong_inspector",
        "hamrong_emergency",
        "hamrong_keeper",
        "hamrong_sequencer",
    }
    assert {role.wall for role in roles().values() if role.scope == "establishment"} == {"hamrong_host"}
    assert {role.wall for role in roles().values() if role.scope == "ward"} == {"hamrong_ward"}


def test_roles_and_purposes_have_names_in_both_languages():
    for one in (*roles().values(), *purposes().values()):
        assert one.vi.strip() and one.en.strip() and one.vi != one.en


TARGETS = st.builds(
    Target, st.sampled_from(["", "SS-0001", "SS-0002"]), st.sampled_from(["", "14797"]), st.sampled_from(["", "38"])
)


@given(
    act=st.sampled_from(sorted(registered())),
    role=st.sampled_from(sorted(roles())),
    scope=st.sampled_from(["", "14797", "14812", "38", "SS-0001"]),
    target=TARGETS,
    purpose=st.sampled_from(["", *sorted(purposes())]),
    strong=st.booleans(),
)
@settings(max_examples=100)
def test_whatever_is_granted_follows_from_the_tables(act, role, scope, target, purpose, strong):
    row, definition = registered()[act], roles()[role]
    who = Actor("person:x", "", "s", (Holding(role, scope),), strong)
    answer = decide(who, act, target, purpose=purpose, case_ref="MA-1")
    fits = definition.scope == "none" or (scope != "" and getattr(target, definition.scope) == scope)
    named = purpose in row.purposes or (not purpose and len(row.purposes) == 1)
    right = role in row.roles and fits and (strong or not definition.strong) and named
    assert isinstance(answer, Grant) == right


def test_an_empty_scope_is_nobodys():
    assert reason(decide(actor("ward-duty", ""), "place.decide", Target())) == "other-scope"


def test_what_goes_on_record_names_role_case_and_who_sat_at_the_server():
    granted = decide(actor("ward-duty", "14797"), "stay.open", WARD, purpose="investigation", case_ref="MA-1")
    assert isinstance(granted, Grant)
    act = act_of(granted, subject="stay:1", at=NOW, shown=3)
    assert (act.type, act.unit, act.purpose) == ("stay.open", "14797", "investigation")
    assert act.details == {"shown": 3, "role": "ward-duty", "case": "MA-1"}
    served = decide(operator(NOW), "person.create", Target())
    assert isinstance(served, Grant)
    assert act_of(served, subject="person:1", at=NOW).details == {"role": "operator", "label": "hamrong"}


def test_each_run_of_the_command_line_is_a_stream_and_each_job_one_a_day():
    assert operator(NOW).session != operator(NOW).session
    assert keeper("purge", NOW).session == "job:purge:20261124"


def test_every_act_has_words_and_no_words_are_without_an_act():
    assert set(words_of_acts()) == {*registered(), *ACTS}
    labels = [(words.vi, words.en) for words in words_of_acts().values()]
    assert len({vi for vi, _ in labels}) == len({en for _, en in labels}) == len(labels)


def test_every_article_that_a_refusal_or_a_step_can_name_is_written_out_in_words():
    laws = {row.law for row in registered().values()} - {""}
    assert len(laws) > 30 and {law for law in laws if spelled(law).vi == law} == set()
