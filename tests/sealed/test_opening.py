"""Opening an identity: two of three for one requester, once, on record; every other way is closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from hamrong.access import actions
from hamrong.access.actors import Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.kernel.seal.bound import Broken
from hamrong.sealed import queries
from hamrong.sealed.actions import keys, opening, reports, settling
from hamrong.sealed.actions.opening import Asked
from hamrong.sealed.models import Answer, Request
from hamrong.sealed.rings import Ring
from hamrong.sealed.rules import Against
from tests.entrances import as_operator
from tests.sealed.room import NAME, OTHER, a_holder, a_request, an_officer, as_reporter, chief, holders_of, now, seal


def release(request, holder, **changes):
    told = {"by": holder.may("sealed.answer"), "request": request, "ring": holder.ring(), "at": now()}
    return opening.release(**{**told, **changes})


def open_it(request, officer=None):
    officer = officer or chief()
    return opening.open_identity(by=officer.may("sealed.open"), request=request, ring=officer.ring(), at=now())


def again(request):
    with acting(chief().may("sealed.read")):
        return Request.objects.get(pk=request.pk)


def test_two_holders_open_it_for_the_requester_once():
    report, code = seal()
    request = a_request(report)
    first, second, third = holders_of(report)
    assert open_it(request) == opening.TOO_FEW
    assert isinstance(release(request, first), Answer)
    assert open_it(request) == opening.TOO_FEW
    assert isinstance(release(request, second), Answer)
    assert open_it(request) == NAME.encode()
    assert open_it(request) == opening.OVER
    assert release(request, third) == opening.OVER
    with acting(as_reporter(code, "sealed.follow")):
        told = Request.objects.get()
        assert (told.state, told.opened_on, told.ground) == ("opened", timezone.localdate(), "Luật Tố cáo")
    with acting(chief().may("sealed.read")):
        assert not Answer.objects.filter(request=request, wrapped__isnull=False).exists()


def test_it_is_asked_for_by_a_handler_with_reason_ground_and_day():
    report, _ = seal()
    for wrong in ({"reason": " "}, {"ground": ""}, {"until": timezone.localdate() - timedelta(days=1)}):
        asked = {"reason": "x", "ground": "y", "until": timezone.localdate(), **wrong}
        answer = opening.ask(
            by=chief().may("sealed.request"), report=report, ring=chief().ring(), asked=Asked(**asked), at=now()
        )
        assert answer == opening.WHY
    stranger = an_officer()
    asked = Asked("x", "y", timezone.localdate())
    answer = opening.ask(by=stranger.may("sealed.request"), report=report, ring=stranger.ring(), asked=asked, at=now())
    assert answer == reports.NOT_YOURS
    a_request(report)
    answer = opening.ask(by=chief().may("sealed.request"), report=report, ring=chief().ring(), asked=asked, at=now())
    assert answer == opening.ONE_WAITS


def test_whoever_is_no_holder_of_it_releases_nothing():
    report, _ = seal()
    request = a_request(report)
    assert release(request, a_holder()) == reports.NOT_YOURS
    held = holders_of(report)[0]
    assert isinstance(release(request, held), Answer)
    assert release(request, held) == opening.ANSWERED


def test_refusals_have_a_reason_and_end_it_where_too_few_are_left():
    report, _ = seal()
    request = a_request(report)
    first, second, _ = holders_of(report)

    def refuse(who, reason):
        return opening.refuse(by=who.may("sealed.answer"), request=request, ring=who.ring(), reason=reason, at=now())

    assert refuse(first, " ") == opening.WHY
    assert isinstance(refuse(first, "Chưa đủ căn cứ"), Answer)
    assert again(request).state == "waiting"
    assert isinstance(refuse(second, "Như trên"), Answer)
    assert again(request).state == "refused"
    with acting(chief().may("sealed.read")):
        assert set(Answer.objects.filter(request=request).values_list("reason", flat=True)) == {
            "Chưa đủ căn cứ",
            "Như trên",
        }


def test_a_requester_who_came_into_conflict_since_is_refused():
    report, _ = seal(against=Against(units=frozenset({OTHER})), handler=(handler := an_officer()))
    request = a_request(report, handler)
    actions.appoint(
        by=as_operator("post.appoint"), person=handler.person, role="ward-chief", scope=OTHER,
        starts_on=timezone.localdate(), ordered_by="Quyết định 2/QĐ-THU", at=now(),
    )  # fmt: skip
    assert release(request, holders_of(report)[0]) == reports.IN_CONFLICT


def test_a_requester_whose_key_was_swapped_receives_nothing(admin_connection):
    handler = an_officer()
    report, _ = seal(handler=handler)
    request = a_request(report, handler)
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute(
            "update sealed_key set public = (select public from sealed_key where person_id = %s limit 1) "
            "where person_id = %s",
            [chief().id, handler.id],
        )
    with acting(handler.may("sealed.read")):
        request = Request.objects.get(pk=request.pk)
    assert release(request, holders_of(report)[0]) == keys.NO_KEY


def test_a_request_whose_day_is_over_opens_nothing():
    report, _ = seal()
    request = a_request(report, until=timezone.localdate())
    first, second, third = holders_of(report)
    release(request, first)
    release(request, second)
    later = now() + timedelta(days=2)
    assert release(request, third, at=later) == opening.OVER
    answer = opening.open_identity(by=chief().may("sealed.open"), request=request, ring=chief().ring(), at=later)
    assert answer == opening.OVER


def test_another_handler_cannot_open_what_was_released():
    report, _ = seal()
    request = a_request(report)
    first, second, _ = holders_of(report)
    release(request, first)
    release(request, second)
    stranger = an_officer()
    assert open_it(request, stranger) == opening.NOT_A_HOLDER
    # even with the requester's name on the ring: the private seed is another one
    forged = Ring(chief().id, chief().ring().key, stranger.ring().seed)
    with pytest.raises(Broken):
        opening.open_identity(by=chief().may("sealed.open"), request=request, ring=forged, at=now())


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("update sealed_answer set holder = requester where request_id = %s", "answer_is_not_to_oneself"),
        ("update sealed_answer set released = false where request_id = %s", "answer_of_no_says_why"),
        ("update sealed_request set state = 'opened' where id = %s", "request_that_was_opened_says_when"),
        ("update sealed_request set state = 'x' where id = %s", "request_state_is_known"),
        ("update sealed_request set reason = '' where id = %s", "request_says_why"),
        ("update sealed_request set until = '2000-01-01' where id = %s", "request_ends_after_it_begins"),
    ],
)
def test_the_database_keeps_its_promises(admin_connection, change, name):
    report, _ = seal()
    request = a_request(report)
    release(request, holders_of(report)[0])
    with pytest.raises(Exception, match=name):
        admin_connection.execute(change, [request.pk])


def test_a_request_that_nobody_opened_in_time_is_over_and_can_be_made_again():
    report, _ = seal()
    request = a_request(report, until=timezone.localdate())
    for holder in holders_of(report)[:2]:
        release(request, holder)
    later = now() + timedelta(days=1)
    by = decide(keeper("sealed.settle", later), "sealed.settle", Target())
    assert settling.end_requests(by=by, at=later) >= 1
    assert again(request).state == "ended"
    with acting(chief().may("sealed.read")):
        assert not Answer.objects.filter(request=request, wrapped__isnull=False).exists()
    a_request(report)


def test_the_next_request_ends_one_that_is_over():
    report, _ = seal()
    first = a_request(report, until=timezone.localdate())
    later = now() + timedelta(days=1)
    asked = Asked("x", "y", timezone.localdate(later))
    second = opening.ask(by=chief().may("sealed.request"), report=report, ring=chief().ring(), asked=asked, at=later)
    assert isinstance(second, Request) and again(first).state == "ended"


def test_the_reporter_is_told_unless_a_court_put_it_off():
    report, code = seal()
    put_off = timezone.localdate() + timedelta(days=10)
    request = a_request(report, told_on=put_off)
    for holder in holders_of(report)[:2]:
        release(request, holder)
    assert open_it(request) == NAME.encode()
    by = as_reporter(code, "sealed.follow")
    with acting(by):
        assert not queries.told(by, timezone.localdate()).exists()
        assert queries.told(by, put_off).get() == request


def test_of_two_windows_that_open_at_once_one_sees_it():
    report, _ = seal()
    request = a_request(report)
    for holder in holders_of(report)[:2]:
        release(request, holder)
    chief().ring()

    def in_a_window(_):
        try:
            return open_it(request)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as windows:
        seen = list(windows.map(in_a_window, range(4)))
    assert sorted(map(str, seen)) == sorted([str(NAME.encode()), *[str(opening.OVER)] * 3])
