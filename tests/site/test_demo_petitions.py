"""The demo's petitions: made by the real actions, once, in the order of time, of every kind that the table names."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from django.utils import timezone

from hamrong.access.actors import Target
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.audit.models import Entry
from hamrong.cases.models import Case, Emergency, Fact, Transfer
from hamrong.cases.queries import desk, ending, visible
from hamrong.law import VIETNAM
from hamrong.org.models import Unit
from hamrong.papers.models import Paper
from hamrong.petitions.models import Petition
from hamrong.sealed.actions.reports import ticket_of
from hamrong.sealed.models import Report, Request, Share
from hamrong.site.demo import deeds, people, petitions, sealing
from hamrong.site.demo.petition_ways import ORDERS, WAYS
from hamrong.site.demo.places import SAM_SON
from hamrong.site.demo.stage import CHAIN
from tests.entrances import browser
from tests.sealed.room import without_demo_holders
from tests.signer import signing
from tests.world import PROVINCE, actor, as_province, as_ward, grant

NOW = timezone.now()


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> Iterator[None]:
    signing()  # so that this file runs by itself, too
    people.make(NOW)
    sealing.make(NOW, timezone.localdate(NOW))
    made = list(petitions.make(NOW))
    assert not made or made[-1] == (sum(way.share for way in WAYS),) * 2
    yield
    without_demo_holders()


def test_a_second_run_adds_nothing():
    assert list(petitions.make(NOW)) == []


def test_a_re_denunciation_goes_against_a_commune_that_can_have_the_first_one_at_every_scale():
    again = next(way for way in WAYS if "again" in way.acts)
    units = ["14797", "16516", SAM_SON]
    drawn = {petitions._drawn(again, units, NOW, Random(seed)).unit for seed in range(10)}
    assert drawn == {SAM_SON}


def test_they_stand_where_the_table_brings_them():
    with acting(as_ward(SAM_SON, "case.list")) as grant:
        states = {case.state for case in visible.cases(grant)}
        assert states >= {"received", "settling", "suspended", "withdrawn", "effective", "guided", "returned"}
        assert {each.one.words.en for each in ending.lasting(grant)} == {"Protection"}
        late = [one for one in desk.due(grant, at=NOW, until=NOW) if one.is_late]
        assert late
        assert {"offered", "accepted", "refused"} <= set(Transfer.objects.values_list("state", flat=True))


def test_there_is_every_kind_and_whoever_denounces_is_sealed():
    with acting(as_province("petition.list", role="petition-officer")):
        kinds = set(Petition.objects.values_list("kind", flat=True))
        assert kinds == {"complaint", "denunciation", "reflection", "crime_report"}
        assert not Petition.objects.filter(kind="denunciation", secret=False).exists()
        assert Petition.objects.filter(same_as__isnull=False).exists()
        assert Petition.objects.filter(number=None).exists(), "one has just come in"
        states = set(Case.objects.filter(course__startswith="to-cao@").values_list("state", flat=True))
        assert states >= {"checking", "suspended", "settling", "refused", "informed", "filed", "transferred", "ended"}
        assert Fact.objects.filter(act="denunciation.extend").exists()


def test_cases_of_the_districts_were_carried_over_and_others_joined_split_and_taken_further():
    with acting(as_province("case.list", role="province-leader")):
        moved = Transfer.objects.filter(reason="reorganisation", receiver=SAM_SON)
        assert moved.exists()
        assert not Case.objects.filter(unit__in=[each.unit for each in moved]).exists()
        first = Transfer.objects.filter(reason="reorganisation", receiver__in=moved.values("unit"))
        assert {one.case_id for one in moved} <= {one.case_id for one in first}
        assert {each.document for each in (*first, *moved)} == set(ORDERS.values())
        assert Case.objects.filter(joined__isnull=False).exists()
        assert Case.objects.filter(parted__isnull=False).exists()
        assert Case.objects.filter(earlier__isnull=False, unit=PROVINCE, state="sent").exists()


def test_every_paper_of_a_case_has_a_number_of_its_own():
    with acting(as_province("case.list", role="province-leader")):
        steps = Fact.objects.exclude(document="").exclude(document__in=ORDERS.values()).filter(case__unit=SAM_SON)
        told = [(fact.case_id, fact.document) for fact in steps]
    papers = Counter(told)
    assert len(papers) > 40 and set(papers.values()) == {1}


def test_no_unit_had_a_case_before_it_began_or_after_it_had_ended():
    with acting(as_province("case.list", role="province-leader")):
        orders = list(Transfer.objects.filter(reason="reorganisation", document__in=ORDERS.values()))
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(code__in={x for one in orders for x in (one.unit, one.receiver)})
    }
    for one in orders:
        day, old, new = one.decided_at.astimezone(VIETNAM).date(), units[one.unit], units[one.receiver]
        assert old.valid_to == day - timedelta(days=1)
        assert (new.valid_from is None or new.valid_from <= day) and (new.valid_to is None or new.valid_to >= day)


def test_registers_were_given_in_the_order_of_time():
    with acting(as_province("petition.list", role="petition-officer")):
        rows = Petition.objects.filter(number__isnull=False, door="counter", unit=SAM_SON)
        rows = rows.order_by("register", "year", "number")
        days = [(row.register, row.year, row.received_on) for row in rows]
    assert days == sorted(days)


def test_their_chain_of_the_record_goes_forward():
    inspector = grant(actor("inspector", PROVINCE), "audit.open", Target(province=PROVINCE))
    with acting(inspector):
        moments = list(Entry.objects.filter(stream=CHAIN).order_by("stream_seq").values_list("at", flat=True))
    assert len(moments) > sum(way.share for way in WAYS)
    assert all(after >= before - timedelta(minutes=5) for before, after in pairwise(moments))


def test_some_papers_are_signed_and_anybody_can_check_the_number_of_a_decision():
    with acting(as_province("paper.read", role="province-leader", purpose="complaint")):
        signed = list(Paper.objects.filter(state="signed", signed_by__in=leaders()))
    assert {paper.form for paper in signed} == {"kn-quyet-dinh", "kn-thu-ly"}
    decision = next(paper for paper in signed if paper.form == "kn-quyet-dinh")
    page = browser().get(f"/van-ban/{decision.code}").content.decode()
    assert f"{decision.number:02d}/{decision.symbol}" in page


def leaders() -> list[str]:
    names = ("truong.samson", "lanhdao.tinh")
    return [f"person:{each}" for each in Person.objects.filter(username__in=names).values_list("pk", flat=True)]


def test_who_follows_the_code_that_is_told_sees_when_and_why_the_identity_was_opened():
    assert people.FOLLOWED in people.sign_ins()
    with acting(as_province("sealed.read", role="province-leader")):
        report = Report.objects.get(ticket=ticket_of(people.FOLLOWED))
        held = set(Share.objects.filter(report=report).values_list("key__person__username", flat=True))
        request = Request.objects.filter(report=report).first()
    if len(held & {one.username for one in people.PEOPLE}) < report.needed:
        assert request is None  # other tests' holders had the luck of the lot
        return
    assert request is not None and request.state == "opened"
    page = browser().post("/theo-doi/", {"do": "open", "code": people.FOLLOWED}).content.decode()
    assert deeds.GROUND in page and f"{request.opened_on:%d/%m/%Y}" in page


def test_cases_were_opened_in_an_emergency_and_one_was_judged():
    inspector = grant(actor("inspector", PROVINCE), "emergency.list", Target(province=PROVINCE))
    with acting(inspector):
        found = Emergency.objects.filter(reviewed_by=f"person:{Person.objects.get(username='thanhtra.tinh').pk}")
        assert found.exists() and Emergency.objects.filter(unit=SAM_SON, found="").exists()
