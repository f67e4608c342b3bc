"""The living calendar of an officer: behind a secret address, with what is late and what is the citizen's own time."""

from datetime import datetime

from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told
from hamrong.cases.models import Case
from tests.casework.test_pages import a_case, duty, now, settling
from tests.entrances import a_person, browser_of
from tests.petitions.way import PARAMS, by


def proposed(act: str, case: Case, at: datetime) -> Case:
    """A case after a step that two people of the commune took."""
    told = Told(at, "vì thế", "", PARAMS, "right")
    proposal = propose(by=by(act, "ward-duty"), case=case, revision=case.revision, told=told, at=at)
    done = approve(by=by(f"{act}.approve", "ward-chief"), proposal=proposal, at=at)
    assert isinstance(done, Case), done
    return done


def test_the_calendar_has_a_secret_address_that_ends():
    case, late, client, at = a_case(), a_case(days=60), duty(), now()
    decided = proposed("complaint.decide", settling(), at)
    page = client.post("/ho-so/lich/", {"do": "make"}).content.decode()
    assert "/ho-so/lich/" in page.split("<code")[1].split("</code>")[0]
    secret = next(part.split(".ics")[0] for part in page.split("/ho-so/lich/") if ".ics" in part[:60])
    stranger = browser_of(a_person())
    file = stranger.get(f"/ho-so/lich/{secret}.ics")
    text = file.content.decode().replace("\r\n ", "")
    assert file["Content-Type"].startswith("text/calendar") and f"SUMMARY:{case.code}" in text
    assert f"SUMMARY:Quá hạn: {late.code}" in text
    notes = [each.split("DESCRIPTION:")[1] for each in text.split("BEGIN:VEVENT") if decided.code in each]
    assert sorted("không ai muộn" in each for each in notes) == [False, True]  # to be sent; to come into force
    assert all(("Coi là muộn sau ngày" in each) != ("không ai muộn" in each) for each in notes)
    client.post("/ho-so/lich/", {"do": "end"})
    assert stranger.get(f"/ho-so/lich/{secret}.ics").status_code == 404
