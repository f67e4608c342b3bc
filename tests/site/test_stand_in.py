"""Whoever several people delegated one post to says in whose place they act, and can change it."""

from hamrong.access.actors import Grant, Refusal, Target
from hamrong.access.decisions import decide
from hamrong.access.people import actor_of_person
from hamrong.access.walls import acting
from hamrong.cases.models import Fact
from tests.access.test_delegations import TODAY, WARD, duty, granted, lent, proposal
from tests.casework.test_pages import settling, stands
from tests.entrances import a_person, browser_of
from tests.world import PROVINCE

CHOOSE = "/accounts/stand-in/"


def of_two():
    """Two chiefs, and somebody of the unit to whom both delegated their post."""
    one, two = (a_person("ward-chief", WARD, name=name) for name in ("Hoàng Thị Nhất", "Phạm Văn Nhì"))
    other = duty()
    for lender in (one, two):
        made = lent(lender, other)
        assert not isinstance(made, Refusal), made
    return one, two, other


def test_nobody_is_chosen_silently():
    _one, _two, other = of_two()
    who = actor_of_person(other, session="s", today=TODAY, province=PROVINCE, strong=True)
    target = Target(ward=WARD, province=PROVINCE)
    answer = decide(who, "complaint.suspend.approve", target)
    assert isinstance(answer, Refusal) and answer.reason == "lender-missing"
    assert isinstance(decide(who, "complaint.suspend", target), Grant)


def test_the_desk_asks_first_and_what_is_signed_names_who_was_chosen():
    one, two, other = of_two()
    case, client = settling(), browser_of(other)
    waiting = proposal(granted(duty(), "complaint.suspend"), case)
    address = f"/ho-so/de-xuat/{waiting.pk}/"
    answer = client.get(address)
    assert answer.status_code == 302 and answer["Location"] == f"{CHOOSE}?next={address}"
    page = client.get(answer["Location"]).content.decode()
    assert "Hoàng Thị Nhất" in page and "Phạm Văn Nhì" in page
    field = page.split('type="radio" name="')[1].split('"')[0]
    assert "Chọn bạn đang làm thay ai" in client.post(answer["Location"], {"next": ""}).content.decode()
    chosen = client.post(answer["Location"], {field: f"person:{two.pk}"})
    assert chosen.status_code == 302 and chosen["Location"] == address
    page = client.get(address).content.decode()
    assert "Bạn làm việc này thay Phạm Văn Nhì" in page and f"{CHOOSE}?next=" in page
    assert client.post(address, {"do": "approve"}).status_code == 302 and stands(case) == "suspended"
    with acting(granted(one, "complaint.suspend.approve")) as by:
        fact = Fact.objects.get(case=case, revision=3)
    assert by.authority == {f"person:{one.pk}"} and fact.approved_in_place_of == f"person:{two.pk}"
    assert client.post(CHOOSE, {field: f"person:{one.pk}"}).status_code == 302
    assert "Đang làm thay Hoàng Thị Nhất" in client.get("/ho-so/").content.decode()


def test_who_acts_for_one_person_or_for_nobody_is_not_asked():
    one, other = a_person("ward-chief", WARD), duty()
    lent(one, other)
    for person in (other, one):
        client = browser_of(person)
        assert client.get("/ho-so/").status_code == 200
        assert client.get(CHOOSE).status_code == 302
