"""Overdue departures on the commune's desk: who is on the list, who leaves it, page by page, and what is on record."""

import re
import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from hamrong.law import VIETNAM
from hamrong.lodging.actions.amendments import Amended, Change, amend
from hamrong.lodging.pages import departures
from tests.lodging.test_pages_desk import OURS, THEIRS, an_officer, entries, text
from tests.world import a_notification, an_establishment, as_host

LIST = f"/desk/{OURS}/departures/"


def a_guest(place, *, nights=3, over=timedelta(days=1), **changes):
    """A guest who came some nights ago and should have left `over` ago (negative: has time left); name and stay."""
    now = timezone.now().astimezone(VIETNAM)
    name = f"Khách {secrets.token_hex(3)}"
    arrival, leaves = (now - timedelta(days=nights)).isoformat(), (now - over).isoformat()
    facts = {"full_name": name, "arrival_at": arrival, "planned_departure_at": leaves, **changes}
    return name, a_notification(place, at=now - timedelta(days=nights), **facts)


def changed(place, taken, act, when):
    by, night = as_host(place, "stay.amend"), taken.facts.night
    done = amend(by=by, stay=taken.stay, night=night, change=Change(act, when=when), at=timezone.now())
    assert isinstance(done, Amended), done


def shown(place, **asked):
    return text(an_officer().get(LIST, {"place": place.code, **asked}))


def test_only_guests_past_their_planned_departure_are_on_the_list():
    place = an_establishment(ward=OURS)
    late, _ = a_guest(place)
    staying, _ = a_guest(place, over=timedelta(hours=-5))
    page = shown(place)
    assert late in page and "1 ngày" in page
    assert staying not in page


@pytest.mark.parametrize(("act", "days"), [("depart", -1), ("extend", 2)])
def test_a_departure_and_an_extension_take_a_guest_off_the_list(act, days):
    place = an_establishment(ward=OURS)
    name, taken = a_guest(place)
    assert name in shown(place)
    changed(place, taken, act, timezone.now() + timedelta(days=days))
    assert name not in shown(place)


def test_an_extension_that_passes_brings_the_guest_back_to_the_list():
    place = an_establishment(ward=OURS)
    name, taken = a_guest(place, over=timedelta(days=2))
    changed(place, taken, "extend", timezone.now() - timedelta(hours=3))
    assert name in shown(place) and "3 giờ" in shown(place)


def test_filters_live_in_the_address():
    place = an_establishment(ward=OURS)
    name, _ = a_guest(place)
    day = f"{timezone.now().astimezone(VIETNAM) - timedelta(days=1):%d/%m/%Y}"
    before = f"{timezone.now().astimezone(VIETNAM) - timedelta(days=2):%d/%m/%Y}"
    assert name in shown(place, kind="citizen", first=day, last=day)
    assert name not in shown(place, kind="foreigner")
    assert name not in shown(place, last=before)
    assert name not in shown(place, first=f"{timezone.now().astimezone(VIETNAM):%d/%m/%Y}")
    assert name in shown(place, first="không phải ngày")


def test_pages_follow_one_another_without_a_gap_or_a_repetition(monkeypatch):
    monkeypatch.setattr(departures, "SHOWN", 2)
    place = an_establishment(ward=OURS)
    names = [a_guest(place, nights=nights)[0] for nights in (3, 3, 4, 5, 5)]
    client, after, seen = an_officer(), "", []
    for _ in range(3):
        page = text(client.get(LIST, {"place": place.code, "after": after}))
        seen += [name for name in names if name in page]
        ahead = set(re.findall(r"after=(\d{4}-\d\d-\d\d\.[0-9a-f-]{36})", page)) - {after}  # less the page's own
        after = next(iter(ahead), "")
    assert sorted(seen) == sorted(names) and after == ""


def test_another_communes_guests_are_not_on_the_list_and_its_list_is_refused():
    theirs = an_establishment(ward=THEIRS)
    name, _ = a_guest(theirs)
    assert name not in shown(theirs)
    assert an_officer().get(f"/desk/{THEIRS}/departures/").status_code == 403


def test_reading_and_exporting_the_list_are_on_record(admin_connection):
    place, client = an_establishment(ward=OURS), an_officer()
    name, _ = a_guest(place)
    staying, _ = a_guest(place, over=timedelta(hours=-5))
    client.get(LIST, {"place": place.code})
    assert entries(admin_connection, "stay.list", f"departures:{place.code}") == ["night-control"]
    address = f"{LIST}export?place={place.code}"
    assert "Location" not in client.post(address, {"format": "csv"}).headers  # no purpose: the form again
    assert entries(admin_connection, "stay.export", f"departures:{place.code}") == []
    answer = client.post(address, {"purpose": "night-control", "format": "csv"})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert name in content and staying not in content
    assert entries(admin_connection, "stay.export", f"departures:{place.code}") == ["night-control"]


def test_the_list_is_found_from_the_guests_of_a_night_and_reads_in_english():
    client = an_officer()
    assert LIST in text(client.get(f"/desk/{OURS}/stays/"))
    page = text(client.get(LIST, headers={"accept-language": "en"}))
    assert "Guests past their planned departure" in page and "quá ngày" not in page
