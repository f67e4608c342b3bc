"""A report sealed whole: one share opens nothing, two open it for one requester, a new dealing forgets the old one."""

from itertools import combinations
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.seal import aead, reports, shares
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.keys import new_pair
from hamrong.kernel.seal.sharing import Share

NAME = "Người tố giác bịa ra để thử".encode()


class Person:
    """Somebody with a key pair."""

    def __init__(self) -> None:
        self.pair = new_pair()
        self.holder = shares.Holder(uuid4(), 1, self.pair.public)
        self.who = self.holder.who


def a_report(people, *, threshold=2, identity=NAME):
    """(report, record, what was dealt by holder)"""
    report, key = uuid4(), aead.new_key()
    dealt = shares.deal(
        Share(shares.KEY_ITSELF, key), report, [person.holder for person in people], threshold=threshold, epoch=1
    )
    return report, reports.seal_identity(key, report, identity), dealt


def own_share(person, report, dealt, *, epoch=1):
    return shares.take({0: dealt[person.who]}, report, person.holder, epoch, person.pair.seed)


def terms_of(report, requester, **changes):
    told = {"request": uuid4(), "report": report, "requester": requester.who, "until": "2026-11-30"}
    return shares.Terms(**{**told, **changes})


def released(some, report, dealt, terms, requester, *, epoch=1):
    return {
        person.who: shares.release(
            own_share(person, report, dealt, epoch=epoch), terms, person.who, requester.pair.public
        )
        for person in some
    }


def test_two_of_three_open_it_for_the_requester_and_one_does_not():
    people, requester = [Person() for _ in range(3)], Person()
    report, record, dealt = a_report(people)
    terms = terms_of(report, requester)
    for two in combinations(people, 2):
        given_out = released(two, report, dealt, terms, requester)
        assert reports.open_identity(shares.key_of(given_out, terms, requester.pair.seed), report, record) == NAME
    with pytest.raises(Broken):
        one = released(people[:1], report, dealt, terms, requester)
        reports.open_identity(shares.key_of(one, terms, requester.pair.seed), report, record)
    with pytest.raises(Broken):
        shares.key_of({}, terms, requester.pair.seed)


def test_nobody_else_opens_what_was_released():
    people, requester = [Person() for _ in range(3)], Person()
    report, record, dealt = a_report(people)
    terms = terms_of(report, requester)
    given_out = released(people[:2], report, dealt, terms, requester)
    for stranger in (*people, Person()):
        with pytest.raises(Broken):
            shares.key_of(given_out, terms, stranger.pair.seed)
    for other in (
        terms_of(report, requester, until="2027-11-30", request=terms.request),
        terms_of(report, requester),
        terms_of(uuid4(), requester, request=terms.request),
        terms_of(report, people[0], request=terms.request),
    ):
        with pytest.raises(Broken):
            shares.key_of(given_out, other, requester.pair.seed)
    swapped = dict(zip(given_out, reversed(given_out.values()), strict=True))
    with pytest.raises(Broken):
        shares.key_of(swapped, terms, requester.pair.seed)
    assert record


def test_shares_and_records_of_two_reports_cannot_be_swapped():
    people, requester = [Person() for _ in range(3)], Person()
    report, record, dealt = a_report(people)
    other, other_record, other_dealt = a_report(people)
    with pytest.raises(Broken):
        own_share(people[0], report, other_dealt)
    with pytest.raises(Broken):
        shares.take({0: dealt[people[1].who]}, report, people[0].holder, 1, people[0].pair.seed)
    with pytest.raises(Broken):
        own_share(people[0], report, dealt, epoch=2)
    terms = terms_of(report, requester)
    key = shares.key_of(released(people[:2], report, dealt, terms, requester), terms, requester.pair.seed)
    with pytest.raises(Broken):
        reports.open_identity(key, report, other_record)
    with pytest.raises(Broken):
        reports.open_identity(key, other, record)


def test_a_report_without_a_name_looks_like_one_with_it():
    people = [Person() for _ in range(3)]
    with_name, without = a_report(people), a_report(people, identity=b"")
    assert len(with_name[1]) == len(without[1])
    assert [len(each) for each in with_name[2].values()] == [len(each) for each in without[2].values()]


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 3), st.integers(0, 2), st.integers(1, 3), st.integers(0, 2))
def test_dealt_anew_any_m_of_the_new_holders_open_it(threshold, more, next_threshold, next_more):
    old = [Person() for _ in range(threshold + more)]
    new = [Person() for _ in range(next_threshold + next_more)]
    report, record, dealt = a_report(old, threshold=threshold)
    given_by = {}
    for person in old[-threshold:]:
        share = own_share(person, report, dealt)
        given_by[share.place] = shares.deal(
            share, report, [each.holder for each in new], threshold=next_threshold, epoch=2
        )
    requester = Person()
    terms = terms_of(report, requester)
    out = {}
    for person in new[:next_threshold]:
        mine = {place: each[person.who] for place, each in given_by.items()}
        share = shares.take(mine, report, person.holder, 2, person.pair.seed)
        out[person.who] = shares.release(share, terms, person.who, requester.pair.public)
    assert reports.open_identity(shares.key_of(out, terms, requester.pair.seed), report, record) == NAME


def test_an_old_share_and_a_new_one_open_nothing():
    old, new, requester = [Person() for _ in range(3)], [Person() for _ in range(3)], Person()
    report, record, dealt = a_report(old)
    given_by = {}
    for person in old[:2]:
        share = own_share(person, report, dealt)
        given_by[share.place] = shares.deal(share, report, [each.holder for each in new], threshold=2, epoch=2)
    mine = {place: each[new[1].who] for place, each in given_by.items()}
    fresh = shares.take(mine, report, new[1].holder, 2, new[1].pair.seed)
    terms = terms_of(report, requester)
    out = {
        old[0].who: shares.release(own_share(old[0], report, dealt), terms, old[0].who, requester.pair.public),
        new[1].who: shares.release(fresh, terms, new[1].who, requester.pair.public),
    }
    with pytest.raises(Broken):
        reports.open_identity(shares.key_of(out, terms, requester.pair.seed), report, record)


def test_content_opens_for_its_handlers_and_the_identity_does_not_open_with_it():
    handler, people = Person(), [Person() for _ in range(3)]
    report, record, _ = a_report(people)
    key = aead.new_key()
    sealed = reports.seal_content(key, report, "text", "Nội dung".encode())
    handed = reports.hand_content(key, report, handler.holder)
    assert reports.take_content(handed, report, handler.holder, handler.pair.seed) == key
    assert reports.open_content(key, report, "text", sealed) == "Nội dung".encode()
    with pytest.raises(Broken):
        reports.open_content(key, report, "message", sealed)
    with pytest.raises(Broken):
        reports.open_identity(key, report, record)
    with pytest.raises(Broken):
        reports.take_content(handed, report, people[0].holder, people[0].pair.seed)
    assert reports.about_file(report, UUID(int=1)) != reports.about_file(report, UUID(int=2))


def test_trustees_recover_the_key_of_their_report_only():
    trustees, report, key = new_pair(), uuid4(), aead.new_key()
    copy = reports.hand_recovery(key, report, trustees.public)
    assert reports.take_recovery(copy, report, trustees.seed) == key
    with pytest.raises(Broken):
        reports.take_recovery(copy, uuid4(), trustees.seed)
