"""Somebody asks what is kept about them and who looked: what they signed openly, of what is sealed nothing."""

from typing import Any

from django.utils import timezone

from hamrong.access.actors import Grant, Target
from hamrong.access.entries import enter
from hamrong.access.walls import acting, ask_about
from hamrong.cases.models import Case
from hamrong.identity.keys import vault
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.receptions import take_petition
from hamrong.petitions.models import Petition, Reception
from hamrong.petitions.queries import own_data
from hamrong.petitions.told import Content, Sender, Visit
from tests.petitions.senders import OTHER, TEXT, WARD, entered, hand_in_of, now, officer, sent
from tests.petitions.test_receptions import entered as received
from tests.world import PROVINCE, a_number, actor, grant


def as_inspector() -> Grant:
    return grant(actor("inspector", PROVINCE), "subject.read", Target(province=PROVINCE))


def signed_by(document: str, *others: str) -> Content:
    senders = [Sender("Nguyễn Văn Bịa", each) for each in (document, *others)]
    return Content("Biên bản xử phạt", TEXT, senders=tuple(senders))


def looked(act: str, subject: str, stream: str = "", purpose: str = "petition") -> None:
    by = grant(actor("ward-duty", WARD), act, Target(ward=WARD, province=PROVINCE), purpose=purpose)
    with acting(by):
        enter(by, subject=subject, at=timezone.now(), stream=stream)


def asked(document: str) -> tuple[list[Any], list[Any]]:
    """(petitions, receptions) with the acts upon each."""
    with acting(as_inspector()) as by:
        petitions, receptions = own_data.about(by, document)
        return [(one.said.pk, [e.type for e in one.acts]) for one in petitions], [
            (one.said.pk, [e.type for e in one.acts]) for one in receptions
        ]


def test_learns_of_every_petition_signed_with_the_document_and_who_acted_on_it():
    document = a_number()
    mine, joint = entered(content=signed_by(document)), entered(content=signed_by(a_number(), document))
    entered(content=signed_by(a_number()))
    looked("petition.read", f"petition:{mine.pk}")
    petitions, receptions = asked(document)
    acts = ["petition.hand-in", "petition.enter"]
    assert dict(petitions) == {mine.pk: [*acts, "petition.read"], joint.pk: acts}
    assert receptions == []


def test_of_the_case_learns_who_looked_at_it_or_its_files_and_not_what_was_weighed_in_it():
    code = new_code()
    mine = hand_in_of(code)
    assert mine.case is not None
    case = mine.case
    looked("case.read", f"case:{case.pk}", f"case:{case.pk}", purpose="casework")
    looked("paper.read", "paper:one", stream=f"case:{case.code}", purpose="complaint")
    looked("case.recuse", f"case:{case.pk}", stream=f"case:{case.pk}")
    (acts,) = [acts for pk, acts in asked("038090123456")[0] if pk == mine.pk]
    assert acts == ["petition.hand-in", "petition.enter", "petition.sort", "case.read", "paper.read"]


def test_of_a_sealed_petition_nothing_is_there_by_whatever_document():
    document = a_number()
    sent(kind="denunciation", content=signed_by(document))
    sent(secret=True, content=signed_by(document))
    assert asked(document) == ([], [])
    with acting(as_inspector()):
        ask_about(vault().find(document))
        assert not Petition.objects.exists()


def test_learns_of_visits_and_of_the_petition_that_came_of_one():
    document = a_number()
    visit = received(visit=Visit("Biên bản xử phạt", TEXT, "", (Sender("Nguyễn Văn Bịa", document),)))
    received(kind="denunciation", visit=Visit("Nhận tiền", TEXT, "", (Sender("Nguyễn Văn Bịa", document),)))
    taken = take_petition(by=officer("petition.hand-in"), reception=visit, code=new_code(), at=now())
    assert isinstance(taken, Petition)
    looked("reception.read", f"reception:{visit.pk}")
    assert asked(document) == (
        [(taken.pk, ["petition.hand-in"])], [(visit.pk, ["reception.register", "reception.read"])],
    )  # fmt: skip


def test_the_database_shows_an_inspector_what_the_document_signed_and_its_case_until_the_question_ends():
    document = a_number()
    mine, other = hand_in_of(new_code()), entered(content=signed_by(document))
    with acting(as_inspector()) as by:
        assert not Petition.objects.exists() and not Reception.objects.exists() and not Case.objects.exists()
        own_data.about(by, a_number())
        assert not Petition.objects.exists()
        own_data.about(by, document)
        assert [one.pk for one in Petition.objects.all()] == [other.pk] and not Case.objects.exists()
        own_data.about(by, "038090123456")
        assert mine.case_id in {one.pk for one in Case.objects.all()}
        assert {one.pk for one in Case.objects.all()} <= set(Petition.objects.values_list("case_id", flat=True))
    with acting(as_inspector()):
        assert not Petition.objects.exists() and not Case.objects.exists()


def test_the_question_shows_others_no_more_than_before():
    document = a_number()
    entered(content=signed_by(document))
    received(visit=Visit("Biên bản xử phạt", TEXT, "", (Sender("Nguyễn Văn Bịa", document),)))
    with acting(officer("petition.list", OTHER)):
        ask_about(vault().find(document))
        assert not Petition.objects.filter(persons__contains=[vault().find(document)]).exists()
        assert not Reception.objects.filter(persons__contains=[vault().find(document)]).exists()
