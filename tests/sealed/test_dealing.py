"""Dealing anew: the new holders open, the old ones do not, nothing is lost between, and cards do it without holders."""

import pytest
from django.conf import settings

from hamrong.access.actors import Refusal, Target, keeper
from hamrong.access.decisions import decide
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal.keys import new_pair
from hamrong.sealed import queries
from hamrong.sealed.actions import dealing, keys, opening, rotation
from hamrong.sealed.models import Answer, Dealing, Hand, Report, Request, Share
from hamrong.sealed.rules import Against, Splitting
from tests.entrances import as_operator
from tests.sealed.room import (
    HOLDERS,
    NAME,
    PASSPHRASE,
    a_holder,
    a_request,
    chief,
    chief_of_province,
    holders,
    holders_of,
    now,
    seal,
    signed,
)


@pytest.fixture(autouse=True)
def only_these_reports(admin_connection):
    """An order reaches every open report of the province: those of other tests are out of the way."""
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute("update sealed_report set closed_on = current_date where closed_on is null")
        admin_connection.execute("update sealed_dealing set ended_on = current_date where ended_on is null")


def order(splitting=None):
    holder = holders()[0]
    made = dealing.order(
        by=holder.may("sealed.deal"), splitting=splitting or Splitting(2, 3), reason="Thay người giữ khóa", at=now()
    )
    assert isinstance(made, Dealing), made
    return made


def deal(holder, portion=50):
    answer = dealing.deal(by=holder.may("sealed.deal"), ring=holder.ring(), at=now(), portion=portion)
    return answer if isinstance(answer, Refusal) else answer.done


def rows(of):
    with acting(chief_of_province("sealed.read")):
        return list(of())


def current(report):
    return rows(lambda: Report.objects.filter(pk=report.pk))[0]


def opens(report, two):
    request = a_request(report)
    for holder in two:
        answer = opening.release(by=holder.may("sealed.answer"), request=request, ring=holder.ring(), at=now())
        assert isinstance(answer, Answer), answer
    plain = opening.open_identity(by=chief().may("sealed.open"), request=request, ring=chief().ring(), at=now())
    return plain == NAME.encode()


def everybody_deals():
    for holder in list(HOLDERS):
        while isinstance(done := deal(holder), int) and done:
            pass


def test_after_two_of_three_have_dealt_the_new_holders_open_it_and_old_ones_do_not():
    report, _ = seal()
    before = holders_of(report)
    leaving = before[0]
    keys.give_up(by=leaving.may("sealed.key"), at=now())
    HOLDERS.remove(leaving)
    a_holder()
    made = order()
    assert [deal(holder) for holder in (before[1], before[1], before[2])] == [1, 0, 1]
    after = current(report)
    assert (after.epoch, after.dealing_id) == (2, made.pk)
    assert len(holders_of(report)) == 3 and leaving not in holders_of(report)
    assert rows(lambda: Share.objects.filter(report=report, epoch=1)) == []
    assert opens(report, holders_of(report)[1:])
    assert rows(lambda: Dealing.objects.filter(pk=made.pk))[0].ended_on


def test_one_holder_alone_changes_nothing_yet():
    report, _ = seal()
    first, *others = holders_of(report)
    order()
    assert deal(first) == 1
    assert current(report).epoch == 1
    assert opens(report, others)
    everybody_deals()
    assert current(report).epoch == 2 and opens(report, holders_of(report)[:2])


def test_a_thing_released_before_is_asked_for_again():
    report, _ = seal()
    request = a_request(report)
    first, second, _ = holders_of(report)
    for holder in (first, second):
        opening.release(by=holder.may("sealed.answer"), request=request, ring=holder.ring(), at=now())
    order()
    everybody_deals()
    again = rows(lambda: Request.objects.filter(pk=request.pk))[0]
    assert again.state == "waiting" and not rows(lambda: Answer.objects.filter(request=request))
    for holder in holders_of(report)[:2]:
        opening.release(by=holder.may("sealed.answer"), request=again, ring=holder.ring(), at=now())
    plain = opening.open_identity(by=chief().may("sealed.open"), request=again, ring=chief().ring(), at=now())
    assert plain == NAME.encode()


def test_a_new_holder_gone_between_two_dealers_is_replaced():
    report, _ = seal()
    old = holders_of(report)
    joining = [a_holder() for _ in range(3)]
    order()
    deal(old[0])
    begun = {share.key_id for share in rows(lambda: Share.objects.filter(report=report, epoch=2))}
    gone = next(each for each in HOLDERS if each.ring().key.pk in begun and each not in old[:2])
    keys.give_up(by=gone.may("sealed.key"), at=now())
    HOLDERS.remove(gone)
    for _ in range(2):
        everybody_deals()
    assert joining and current(report).epoch == 2
    assert gone not in holders_of(report) and opens(report, holders_of(report)[:2])


def test_nobody_complained_about_gets_a_share_when_it_is_dealt_anew():
    accused = a_holder()
    report, _ = seal(against=Against(people=frozenset({accused.id})))
    order(Splitting(2, len(HOLDERS)))
    everybody_deals()
    assert current(report).epoch == 2
    assert accused not in holders_of(report) and len(holders_of(report)) >= 3
    key = accused.ring().key
    assert rows(lambda: Hand.objects.filter(report=report, key=key)) == []


def through(holder):
    """A holder's part, one report after the other: how many were dealt, how many are stuck."""
    beyond, done, stuck = None, 0, 0
    while True:
        by, ring = holder.may("sealed.deal"), holder.ring()
        got = dealing.deal(by=by, ring=ring, at=now(), beyond=beyond, portion=1)
        done, stuck, beyond = done + got.done, stuck + got.stuck, got.last
        if beyond is None:
            return done, stuck


def test_what_is_stuck_keeps_nothing_behind_it_waiting():
    accused = a_holder()
    stuck = [seal(against=Against(people=frozenset({accused.id})))[0] for _ in range(3)]
    free, _ = seal()
    order(Splitting(len(HOLDERS), len(HOLDERS)))
    found = [through(each) for each in HOLDERS]
    assert current(free).epoch == 2 and sum(done for done, _stuck in found) == 2
    parts = sum(len(holders_of(each)) for each in stuck)
    assert {current(each).epoch for each in stuck} == {1} and sum(many for _done, many in found) == parts


def test_three_of_five_and_back():
    report, _ = seal()
    while len(HOLDERS) < 5:
        a_holder()
    order(Splitting(3, 5))
    everybody_deals()
    assert current(report).needed == 3 and len(holders_of(report)) == 5
    assert not opens(report, holders_of(report)[:2])
    order(Splitting(2, 3))
    everybody_deals()
    assert current(report).needed == 2 and current(report).epoch == 3


def test_one_order_at_a_time_by_a_holder_with_a_reason():
    report, _ = seal()
    by = holders()[0].may("sealed.deal")
    assert dealing.order(by=by, splitting=Splitting(2, 3), reason=" ", at=now()) == opening.WHY
    too_few = dealing.order(by=by, splitting=Splitting(2, 99), reason="x", at=now())
    assert isinstance(too_few, Refusal) and "người giữ khóa có khóa đang dùng" in too_few.vi
    order()
    assert dealing.order(by=by, splitting=Splitting(2, 3), reason="x", at=now()) == dealing.BUSY
    everybody_deals()
    assert isinstance(deal(holders()[0]), Refusal) and report


def test_a_holder_who_rotates_while_an_order_stands_still_gets_a_share():
    report, _ = seal()
    everybody = list(HOLDERS)
    order(Splitting(2, len(everybody)))
    assert deal(holders_of(report)[0]) == 1
    for holder in everybody:
        rotation.rotate(by=holder.may("sealed.key"), ring=holder.ring(), passphrase=PASSPHRASE, at=now())
        holder.seed = b""
    signed()
    everybody_deals()
    assert current(report).epoch == 2 and len(holders_of(report)) == len(everybody)
    assert opens(report, holders_of(report)[:2])


def test_an_order_that_cannot_end_is_called_off_and_another_one_goes_through():
    report, _ = seal()
    first, second, third = holders_of(report)
    standing = order(Splitting(3, len(HOLDERS)))
    assert waited(first, standing) == {each.id: 1 for each in (first, second, third)}
    assert deal(first) == 1 and rows(lambda: Share.objects.filter(report=report, epoch=2))
    assert isinstance(dealing.call_off(by=first.may("sealed.deal"), at=now()), Dealing)
    assert rows(lambda: Share.objects.filter(report=report, epoch=2)) == []
    assert dealing.call_off(by=first.may("sealed.deal"), at=now()) == dealing.NOTHING
    assert opens(report, [second, third])
    order()
    everybody_deals()
    assert current(report).epoch == 2 and opens(report, holders_of(report)[:2])
    last = order()
    assert set(waited(first, last).values()) == {1}  # a share of two dealers counts once


def waited(holder, standing):
    with acting(holder.may("sealed.deal")) as by:
        return dealing.awaited(by, standing)


def test_where_too_few_holders_are_left_the_trustees_cards_do_it():
    trustees = new_pair()
    keys.trust(by=as_operator("sealed.trust"), public=trustees.public, at=now())
    signed()
    report, _ = seal()
    for holder in holders_of(report)[:2]:
        keys.give_up(by=holder.may("sealed.key"), at=now())
        HOLDERS.remove(holder)
    holders()
    by = decide(keeper("sealed.recover", now()), "sealed.recover", Target())
    assert isinstance(dealing.recover(by=by, seed=trustees.seed, at=now()), Refusal)
    order()
    assert dealing.recover(by=by, seed=bytes(32), at=now()) == (0, 1, 0, None, 0)
    assert dealing.recover(by=by, seed=trustees.seed, at=now()) == (1, 0, 0, None, 0)
    assert isinstance(dealing.recover(by=by, seed=trustees.seed, at=now()), Refusal)
    assert opens(report, holders_of(report)[:2])


def test_policy_says_how_new_reports_are_split_and_old_ones_keep_theirs(monkeypatch):
    while len(holders()) < 5:
        a_holder()
    old, _ = seal()
    monkeypatch.setattr(settings, "HAMRONG_SPLITTING", (3, 5))
    new, _ = seal()
    assert [(one.needed, one.holders, len(holders_of(one))) for one in (old, new)] == [(2, 3, 3), (3, 5, 5)]
    with acting(chief_of_province("sealed.hand")) as by:
        assert not [one for one in queries.astray(by, now().date()) if one.report.pk in (old.pk, new.pk)]
    assert opens(old, holders_of(old)[:2]) and opens(new, holders_of(new)[:3])


def test_what_was_sealed_for_other_cards_or_for_none_keeps_nobody_from_being_saved():
    bare, _ = seal()
    first, second = new_pair(), new_pair()
    keys.trust(by=as_operator("sealed.trust"), public=first.public, at=now())
    signed()
    old, _ = seal()
    keys.trust(by=as_operator("sealed.trust"), public=second.public, at=now())
    signed()
    new, _ = seal()
    with_no_copy(bare)
    by = decide(keeper("sealed.recover", now()), "sealed.recover", Target())
    order()
    came = [dealing.recover(by=by, seed=second.seed, at=now(), portion=1)]
    while came[-1].last:
        came.append(dealing.recover(by=by, seed=second.seed, at=now(), portion=1, beyond=came[-1].last))
    assert [sum(each[place] for each in came) for place in (0, 1, 2)] == [1, 1, 0] and came[-1].bare == 1
    assert [current(each).epoch for each in (bare, old, new)] == [1, 1, 2]
    assert dealing.recover(by=by, seed=first.seed, at=now()).done == 1
    assert rows(lambda: Dealing.objects.filter(ended_on=None))
    everybody_deals()
    assert current(bare).epoch == 2 and not rows(lambda: Dealing.objects.filter(ended_on=None))


def with_no_copy(report):
    """As it was sealed before any trustees' key was on record."""
    with acting(chief_of_province("sealed.read")):
        Report.objects.filter(pk=report.pk).update(recovery=None)
        enter(chief_of_province("sealed.read"), subject=f"sealed:{report.pk}", at=now())
