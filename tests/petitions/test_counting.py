"""Figures of petitions: every line of the reports against a count in plain Python over petitions of every fate."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import take
from hamrong.cases.models import Case, Clock, ClockFact
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.intake import hand_in
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import DOORS, Petition
from hamrong.petitions.queries.counting import TERMS, by_unit, counted
from hamrong.petitions.reports import When, lines, period_of
from hamrong.petitions.rules import Facts
from hamrong.petitions.told import Content
from tests.petitions.senders import SENDER, TEXT, WARD, handed, officer, today
from tests.petitions.way import by, noon, told
from tests.sealed.room import chief, holders
from tests.world import PROVINCE

KINDS = ("complaint", "complaint", "complaint", "denunciation", "reflection", "crime_report")
WAYS = ((), ("accept",), ("accept", "suspend"), ("accept", "suspend", "resume"), ("accept", "decide"))
"""How far a complaint comes."""


def as_of_ward(act: str, role: str = "ward-duty"):
    return officer(act, WARD, role)


def a_petition(chance: Random, back: int) -> None:
    """One that came in so many days ago, sorted or not, and its case as far as chance has it."""
    day = today() - timedelta(days=back)
    kind = chance.choice(KINDS)
    changes = {"kind": kind, "door": chance.choice(DOORS), "unit": WARD, "received_on": day}
    if kind == "denunciation":
        changes["content"] = Content("Việc", TEXT, signed=True, senders=(SENDER,))
    petition = hand_in(by=as_of_ward("petition.hand-in"), handed=handed(new_code(), **changes), at=noon(day))
    assert isinstance(petition, Petition), petition
    late = noon(day + timedelta(days=chance.randrange(0, 6)))
    if chance.random() < 0.2 or late > noon(today()):
        return
    facts = Facts(
        signed=chance.choice(("signed", "unsigned")), competence=chance.choice(("ours", "ours", "elsewhere")),
        conditions=chance.choice(("met", "met", "unmet")), content=chance.choice(("clear", "vague")),
    )  # fmt: skip
    row = sort_petition(by=as_of_ward("petition.sort"), petition=petition, found=Sorted(facts, "vì thế"), at=late)
    assert isinstance(row, Petition), row
    if kind == "complaint" and row.outcome == "accept":
        go_on(row.case, [chance.randrange(1, 25) for _ in range(3)], chance.choice(WAYS), late)


def a_complaint(back: int, *gaps: int, way: Sequence[str] = ("accept", "decide")) -> None:
    """One that is accepted after so many days, and goes on after so many more, if it does."""
    day = today() - timedelta(days=back)
    petition = hand_in(
        by=as_of_ward("petition.hand-in"), handed=handed(new_code(), unit=WARD, received_on=day), at=noon(day)
    )
    found = Sorted(Facts("signed", "ours"))
    row = sort_petition(by=as_of_ward("petition.sort"), petition=petition, found=found, at=noon(day))
    assert isinstance(row, Petition), row
    go_on(row.case, gaps, way, noon(day))


def go_on(case: Case, gaps: Sequence[int], way: Sequence[str], at: datetime) -> None:
    for name, gap in zip(way, gaps, strict=False):
        at += timedelta(days=gap)
        if at > noon(today()):
            return
        act, grant = f"complaint.{name}", as_of_ward(f"complaint.{name}")
        if name == "accept":
            done = take(by=grant, case=case, revision=case.revision, told=told(at), at=at)
        else:
            found = told(at, ("right", "partly", "wrong")[gap % 3])
            one = propose(by=grant, case=case, revision=case.revision, told=found, at=at)
            assert not isinstance(one, Refusal), (name, one)
            done = approve(by=as_of_ward(f"{act}.approve", "ward-chief"), proposal=one, at=at)
        assert isinstance(done, Case), (name, done)
        case = done


def during(day: date | None, period) -> bool:
    return day is not None and period.first <= day <= period.last


def true_of(when: When, row: Petition, clock: Clock | None, paused: bool, period) -> bool:
    """What a line asks, said once more without a database."""
    began = local(clock.started_at) if clock else None
    over = local(clock.stopped_at) if clock and clock.stopped_at else None
    days = {"received": row.received_on, "accepted": began}
    for name, at in days.items():
        wanted = getattr(when, name)
        right = {
            None: True, "before": at is not None and at < period.first, "during": during(at, period),
            "by_end": at is not None and at <= period.last,
        }[wanted]  # fmt: skip
        if not right:
            return False
    for name, at, there in (("sorted", row.sorted_on, True), ("settled", over, clock is not None)):
        wanted = getattr(when, name)
        right = {
            None: True, "during": during(at, period), "not_by_start": there and (at is None or at >= period.first),
            "not_by_end": there and (at is None or at > period.last),
        }[wanted]  # fmt: skip
        if not right:
            return False
    if when.timely and (over is None or (clock.stopped_at <= clock.legal) != (when.timely == "yes")):
        return False
    if when.suspended and not paused:
        return False
    if when.overdue and (paused or clock is None or local(clock.legal) > period.last):
        return False
    if when.repeated and row.same_as_id is None:
        return False
    return (
        when.door in (None, row.door) and when.outcome in (None, row.outcome)
        and (not when.sorting or row.sorting in when.sorting)
        and (not when.result or (row.case is not None and row.case.result in when.result))
    )  # fmt: skip


def local(at: datetime) -> date:
    return at.astimezone(noon(date(2026, 1, 1)).tzinfo).date()


def paused_at(case: Case | None, period) -> bool:
    facts = ClockFact.objects.filter(case=case, rule__in=TERMS, what__in=("suspend", "resume")).select_related("fact")
    past = [one for one in facts.order_by("fact__revision") if local(one.fact.effective_at) <= period.last]
    return bool(past) and past[-1].what == "suspend"


@cache
def made() -> None:
    holders(), chief()
    chance = Random(2026)
    for _ in range(45):
        a_petition(chance, chance.randrange(0, 120))
    a_complaint(110, 3)
    a_complaint(100, 3, 10)
    a_complaint(110, 3, 80)
    a_complaint(40, 3, 10)  # in time, on the day on which the one before was decided late
    for gap in (9, 10, 11):
        a_complaint(105, 3, gap)
    a_complaint(60, 3, 5, way=("accept", "withdraw"))  # ends without a finding
    a_complaint(60, 3, 5, way=("accept", "suspend"))


@pytest.fixture
def world():
    made()


def test_every_line_of_every_report_is_what_plain_python_counts(world):
    seen = set()
    for back in (0, 20, 45, 70, 100):
        for kind in ("week", "month", "quarter", "year"):
            period = period_of(kind, today() - timedelta(days=back))
            with acting(as_of_ward("petition.count")) as grant:
                found = counted(grant, period)
                rows = [(row, one_clock(row), paused_at(row.case, period)) for row in
                        Petition.objects.filter(unit=WARD).select_related("case")]  # fmt: skip
            for name, line in lines().items():
                right = {}
                for row, clock, paused in rows:
                    if true_of(line.when, row, clock, paused, period):
                        right[row.kind] = right.get(row.kind, 0) + 1
                assert {kind: many for kind, many in found[name].items() if many} == right, (period, name)
                seen |= {name} if right else set()
    missing = {"received_again", "found_malicious"} | {name for name in lines() if name.startswith("received_")}
    assert lines().keys() - seen <= missing


def one_clock(row: Petition) -> Clock | None:
    return Clock.objects.filter(case=row.case_id, rule__in=TERMS).first() if row.case_id else None


def test_what_was_there_and_what_came_is_what_left_and_what_is_there(world):
    period = period_of("month", today() - timedelta(days=40))
    with acting(as_of_ward("petition.count")) as grant:
        total = {name: sum(kinds.values()) for name, kinds in counted(grant, period).items()}
    assert total["received_before"] + total["received"] == total["sorted"] + total["unsorted"]
    assert total["pending_before"] + total["accepted"] == total["settled"] + total["pending"]
    for whole in ("received", "sorted"):
        parts = [name for name, line in lines().items() if line.part and name.startswith(f"{whole}_")]
        assert total[whole] == sum(total[name] for name in parts) > 0
    findings = ("right", "partly", "wrong", "nothing")
    assert total["settled"] == sum(total[f"found_{one}"] for one in findings)
    assert total["settled"] == total["settled_in_time"] + total["settled_late"]
    assert total["sorted"] == sum(many for name, many in total.items() if name.startswith("ground_"))


def test_the_province_sees_every_unit_and_a_unit_only_its_own(world):
    period = period_of("year", today())
    with acting(by("petition.count", "province-leader")) as grant:
        assert grant.scope == PROVINCE
        units = by_unit(grant, period, ("received", "pending"))
        of_ward = counted(grant, period, units=(WARD,))
    with acting(as_of_ward("petition.count")) as grant:
        assert counted(grant, period) == of_ward
        assert set(by_unit(grant, period, ("received",))) == {WARD}
    assert units[WARD]["received"] == sum(of_ward["received"].values()) > 0


def test_a_report_is_one_query(world):
    with acting(as_of_ward("petition.count")) as grant, CaptureQueriesContext(connection) as asked:
        counted(grant, period_of("year", today()))
    assert len(asked) == 1
