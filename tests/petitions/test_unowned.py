"""What nobody has taken is named: to the unit's chief first, later to the province; no longer once somebody acts."""

from datetime import timedelta
from html import unescape

from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.actions.steps import Told, take
from hamrong.law import calendar
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import KINDS, Petition
from hamrong.petitions.pages.unowned import untaken
from hamrong.petitions.queries import unowned, visible
from hamrong.petitions.rules import Facts
from tests.entrances import a_person, browser_of
from tests.petitions.senders import WARD, now, officer, today
from tests.petitions.test_overdue import came
from tests.petitions.way import PARAMS, by, noon
from tests.world import PROVINCE, Target, actor, grant


def back(kind: str, level: str, more: int = 0) -> int:
    """How many days ago a petition of a kind has to have come in to be named."""
    day = calendar().before(today(), getattr(unowned.table()[kind], level) - more)
    return (today() - day).days


def named_to(role: str) -> set:
    scope = WARD if role.startswith("ward") else PROVINCE
    reader = grant(actor(role, scope), "petition.list", Target(ward=scope) if scope == WARD else Target(province=scope))
    with acting(reader):
        return set(unowned.waiting(reader, now()).values_list("pk", flat=True))


def sorted_on(one: Petition, ago: int) -> Petition:
    at = noon(today() - timedelta(days=ago))
    done = sort_petition(by=officer("petition.sort"), petition=one, found=Sorted(Facts("signed", "ours")), at=at)
    assert isinstance(done, Petition), done
    return done


def test_every_kind_has_its_days_and_the_province_is_told_later():
    assert set(unowned.table()) == set(KINDS)
    assert all(0 < each.chief < each.province for each in unowned.table().values())


def test_what_nobody_sorted_is_named_to_the_chief_and_later_to_the_province():
    soon, chief, province = (came("complaint", back("complaint", *when)) for when in
                             (("chief", 1), ("chief",), ("province",)))  # fmt: skip
    assert named_to("ward-chief") >= {chief.pk, province.pk} and soon.pk not in named_to("ward-chief")
    assert province.pk in named_to("province-leader") and chief.pk not in named_to("province-leader")
    sorted_on(province, 0)
    assert province.pk not in named_to("ward-chief")


def test_a_case_is_named_until_somebody_takes_a_step_and_again_where_it_went():
    ago = back("complaint", "chief")
    idle, taken, sent = (sorted_on(came("complaint", ago + 5), ago) for _ in range(3))
    at = now()
    step = take(by=by("complaint.accept", "ward-duty"), case=taken.case, revision=1, told=Told(at, "", "1/TB", PARAMS),
                at=at)  # fmt: skip
    assert step.revision == 2
    offered = transfers.offer(by=officer("case.offer"), case=sent.case, revision=1, receiver=PROVINCE, reason="r",
                              at=noon(today() - timedelta(days=ago)))  # fmt: skip
    leader = grant(actor("province-leader", PROVINCE), "case.receive", Target(province=PROVINCE))
    transfers.accept(by=leader, transfer=offered, at=at)
    found = named_to("ward-chief")
    assert idle.pk in found and taken.pk not in found
    assert sent.pk not in found | named_to("province-leader")  # it came to the province just now


def test_the_first_page_names_it_and_the_list_has_a_filter():
    one = came("complaint", back("complaint", "chief"))
    client = browser_of(a_person("ward-chief", WARD))
    page = client.get("/desk/", follow=True).content.decode()
    with acting(officer("petition.list", role="ward-chief")) as leading:
        (first,) = untaken(leading)
    assert "chưa ai nhận" in first.title and first.title in unescape(page) and "/don/?stands=unowned" in page
    assert f"/don/{one.pk}/" in client.get(f"/don/?stands=unowned&number={one.number}/{one.year}").content.decode()
    duty = officer("petition.list")
    with acting(duty):
        assert untaken(duty) == [] and visible.petitions(duty).filter(pk=one.pk).exists()
