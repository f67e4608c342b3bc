"""Levels: a beacon with a timely witness is A, local witnesses are B, the server alone is C; receipts show which."""

import dataclasses
from functools import cache

import pytest

from hamrong.access.walls import acting
from hamrong.audit.logs import certify
from hamrong.audit.witnesses import Asking
from hamrong.kernel.proofs import notes
from hamrong.plates.actions.sealing import Decides
from hamrong.plates.beacon import is_right
from hamrong.plates.deciding import FRESH, Chain, Deciding
from hamrong.plates.entries import LOG
from hamrong.plates.models import Seal
from hamrong.plates.publickeys import PublicKeys, Witness, read
from hamrong.plates.queries.receipts import of_draw
from hamrong.plates.verification import verify
from tests.plates.beacons import Rounds, a_beacon
from tests.plates.owners import a_press, a_sealer, sequencer
from tests.plates.pools import small_pool
from tests.plates.witnesses import LOG_KEY, a_witness
from tests.signer import signing
from tests.world import NOW, timedelta


@cache
def local():
    return {each.name: each for each in (a_witness("thanh-tra.test"), a_witness("hdnd.test"))}


def keys(witnesses):
    public = signing().public()["keys"]
    known = {name: Witness(each.key, each.vrf, each.outside) for name, each in witnesses.items()}
    beacon = a_beacon()
    made = PublicKeys(
        LOG_KEY, public["sign.plates-receipts"], public["vrf.plates-draw"], public["vrf.plates-vehicle"], known,
        {beacon.chain: beacon},
    )  # fmt: skip
    return read(made.written())


def deciding(witnesses, chain=None, clock=lambda: NOW):
    return Deciding(
        grant=lambda: sequencer("plate.seal"), asking=Asking(witnesses), witnesses=witnesses, chain=chain, clock=clock
    )


def drawn(made, pool):
    a_press(pool)
    a_sealer(decides=made.decides, fetch=made.fetch).work()
    return of_draw(pool, Seal.objects.filter(pool=pool).order_by("-first")[0].first)


def failed(receipt, witnesses):
    return [step.en for step in verify(receipt, keys(witnesses), is_right).steps if step.ok is False]


def test_without_anybody_else_it_is_level_c_and_never_called_verifiable():
    pool, _ = small_pool(20)
    receipt = drawn(deciding({}), pool)
    assert (receipt.draw["level"], receipt.seal["source"]) == ("C", "server")
    verdict = verify(receipt, keys({}), is_right)
    assert verdict.intact
    assert any("public cannot verify" in step.en for step in verdict.steps)


def test_local_witnesses_decide_together_at_level_b():
    pool, _ = small_pool(20)
    made = deciding(local())
    assert made.decides(NOW) == Decides(), "nobody was greeted yet"
    greeted(made)
    receipt = drawn(made, pool)
    assert (receipt.draw["level"], receipt.seal["witnesses"]) == ("B", ["hdnd.test", "thanh-tra.test"])
    assert failed(receipt, local()) == []


def greeted(made):
    """As the sequencer does when it starts."""
    with acting(sequencer("log.sequence")):
        made.greet(certify(LOG, signing(), NOW))


def test_the_first_batch_after_a_start_is_decided_by_the_witnesses_that_answer():
    pool, _ = small_pool(20)
    made = deciding(local())
    greeted(made)
    assert drawn(made, pool).draw["level"] == "B"
    again = deciding(local())
    greeted(again)
    assert drawn(again, pool).draw["level"] == "B", "they have cosigned already, and are asked all the same"


def test_who_went_silent_decides_nothing_any_more():
    small_pool(20)  # its opening is something to sign
    times = [NOW]
    made = deciding(local(), clock=lambda: times[0])
    greeted(made)
    assert len(made.decides(NOW).witnesses) == 2
    made._asking = Asking({name: dataclasses.replace(each, url="http://127.0.0.1:9") for name, each in local().items()})
    assert len(made.decides(NOW).witnesses) == 2, "believed for a while"
    times[0] += FRESH
    assert made.decides(NOW) == Decides()


def test_a_value_of_a_witness_over_something_else_is_found():
    pool, _ = small_pool(20)
    made = deciding(local())
    greeted(made)
    first, second = drawn(made, pool), drawn(made, pool)
    swapped = dataclasses.replace(second, draw={**second.draw, "value": first.draw["value"]})
    assert any("from the witnesses" in each for each in failed(swapped, local()))


def test_a_beacon_decides_at_level_a_where_an_outside_witness_saw_the_order_before():
    pool, _ = small_pool(20)
    outside = {"tinh-khac.test": a_witness("tinh-khac.test", outside=True, clock=lambda: NOW.timestamp())}
    beacon, times = a_beacon(), [NOW]
    made = deciding(outside, Chain(beacon, Rounds()), clock=lambda: times[0])
    a_press(pool)
    sealer = a_sealer(decides=made.decides, fetch=made.fetch)
    assert sealer.work() == 0
    seal = Seal.objects.get(pool=pool)
    assert beacon.time_of(seal.round) >= NOW.timestamp() + 3
    assert sealer.waits
    times[0] = NOW + timedelta(seconds=7)
    assert sealer.work() == 1
    receipt = of_draw(pool, 1)
    assert receipt.draw["level"] == "A"
    assert failed(receipt, outside) == []


@pytest.mark.parametrize(("late", "is_outside"), [(3600, True), (0, False)])
def test_a_beacon_without_a_timely_outside_witness_is_level_c(late, is_outside):
    pool, _ = small_pool(20)
    name = f"muon-{late}.test"
    witnesses = {name: a_witness(name, outside=is_outside, clock=lambda: NOW.timestamp() + late)}
    made = deciding(witnesses, Chain(a_beacon(), Rounds()), clock=lambda: NOW)
    a_press(pool)
    a_sealer(decides=made.decides, fetch=made.fetch).work()
    later = deciding(witnesses, Chain(a_beacon(), Rounds()), clock=lambda: NOW + timedelta(seconds=9))
    a_sealer(decides=later.decides, fetch=later.fetch).work()
    receipt = of_draw(pool, 1)
    assert receipt.draw["level"] == "C"
    claimed = dataclasses.replace(receipt, draw={**receipt.draw, "level": "A"})
    assert any(each.startswith("Witnesses") for each in failed(claimed, witnesses))


def test_a_witness_that_does_not_answer_delays_and_changes_nothing():
    pool, _ = small_pool(20)
    gone = dataclasses.replace(a_witness("vang.test"), url="http://127.0.0.1:9")
    made = deciding(local())
    greeted(made)
    a_press(pool)
    Seals = made.decides(NOW)
    both = {**local(), "vang.test": gone}
    stuck = deciding(both)
    waiting = a_sealer(
        decides=lambda *_: dataclasses.replace(Seals, witnesses=("hdnd.test", "vang.test")), fetch=stuck.fetch
    )
    assert waiting.work() == 0
    assert waiting.waits


def test_a_cosignature_says_when():
    pool, _ = small_pool(20)
    made = deciding(local())
    greeted(made)
    receipt = drawn(made, pool)
    note = notes.read(receipt.checkpoint)
    assert all(notes.cosigned_at(note, each.key) for each in local().values())
