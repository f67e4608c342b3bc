"""Past a date of the law, or near one: before sorting, before the sender is told, and in the case."""

from datetime import timedelta

import pytest

from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.intake import hand_in
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import KINDS, Petition
from hamrong.petitions.owed import first_due
from hamrong.petitions.queries import overdue, visible
from hamrong.petitions.rules import Facts
from tests.petitions.senders import handed, now, officer, today
from tests.petitions.way import noon


def came(kind: str, back: int) -> Petition:
    day = today() - timedelta(days=back)
    changes = {"kind": kind, "door": "counter", "received_on": day}
    taken = hand_in(by=officer("petition.hand-in"), handed=handed(new_code(), **changes), at=noon(day))
    assert isinstance(taken, Petition), taken
    return taken


def which(of) -> set:
    by = officer("petition.list")
    with acting(by):
        return set(visible.petitions(by).filter(of(by, now())).values_list("pk", flat=True))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "denunciation"])
def test_what_was_not_sorted_in_time_is_late_and_before_that_near(kind):
    made = {back: came(kind, back) for back in range(0, 30, 2)}
    late, near = which(overdue.late), which(overdue.near)
    for back, one in made.items():
        due = first_due(kind, today() - timedelta(days=back)).legal
        assert (one.pk in late) == (due <= now())
        assert (one.pk in near) == (now() < due <= now() + overdue.NEAR)


def test_a_sender_who_was_not_told_in_time_makes_it_late():
    one = came("complaint", 60)
    facts = Facts(signed="signed", competence="elsewhere")
    sort_petition(by=officer("petition.sort"), petition=one, found=Sorted(facts, "nơi khác"), at=now())
    assert one.pk in which(overdue.late)


def test_a_case_whose_clock_has_passed_is_late_and_one_that_runs_is_not():
    old, new = came("complaint", 60), came("complaint", 0)
    for one in (old, new):
        facts = Facts(signed="signed", competence="ours")
        sort_petition(by=officer("petition.sort"), petition=one, found=Sorted(facts), at=now())
    late = which(overdue.late)
    assert old.pk in late and new.pk not in late and old.pk not in which(overdue.near)
