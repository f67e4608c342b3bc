"""Sealing and drawing: one order, one value, one number each, the k-th of what remained; after a crash the same."""

import base64
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.audit.logs import certify
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.kernel.proofs import merkle, vrf
from hamrong.plates import rules
from hamrong.plates.actions import pools
from hamrong.plates.actions.drawing import OutOfOrder, Value
from hamrong.plates.actions.pools import change
from hamrong.plates.actions.pressing import press
from hamrong.plates.actions.sealing import Decides, batch_of
from hamrong.plates.entries import LOG
from hamrong.plates.models import Event, Pool, Seal
from hamrong.plates.numbers import Run
from hamrong.plates.sealer import Left
from tests.plates.owners import a_file, a_press, a_sealer, draws_of, numbers_of, owner, sequencer
from tests.plates.pools import BASIS, a_series, left, manager, small_pool
from tests.signer import KEYS, folder, signing
from tests.world import NOW


def entries(pool):
    """The entries of a pool in the public log: (index, entry, leaf hash)."""
    with connection.cursor() as cursor:
        cursor.execute("select index, data, hash from audit_leaf where log = 'plates' order by index")
        rows = [(index, json.loads(data), bytes(hash_)) for index, data, hash_ in cursor.fetchall()]
    return [row for row in rows if row[1]["pool"] == pool]


def test_who_presses_gets_the_kth_remaining_number():
    a_sealer().work()  # whoever pressed in other tests
    pool, series = small_pool(50)
    presses = [a_press(pool) for _ in range(5)]
    assert a_sealer().work() == 1
    drawn = draws_of(pool)
    assert {each.pk for each in drawn} == {each.pk for each in presses}
    assert [each.seq for each in drawn] == [1, 2, 3, 4, 5]
    remaining = list(range(1, 51))
    log = {entry.get("seq"): (entry, leaf) for _, entry, leaf in entries(pool) if entry["type"] == "request"}
    for each in drawn:
        assert each.n == len(remaining)
        beta = vrf.proof_to_hash(bytes(each.proof))
        assert each.k == int.from_bytes(beta, "big") * each.n // 2**512 + 1
        assert bytes(each.proof) == vrf.prove(
            KEYS["vrf.plates-draw"], b"hamrong plates draw v1\n" + log[each.seq][1] + bytes(32)
        )
        assert each.number == f"{series}{remaining.pop(each.k - 1):05d}"
    assert left(pool) == 45
    assert numbers_of(pool) == {each.number for each in drawn}


def test_the_public_log_tells_it_in_order():
    pool, _ = small_pool(9)
    a_press(pool)
    a_press(pool)
    a_sealer(epoch=7).work()
    told = entries(pool)
    assert [entry["type"] for _, entry, _ in told[2:]] == ["request", "request", "seal", "draw", "draw"]
    (_, first, _), (_, second, _), (index, closing, _), (_, drawn, _), _ = told[2:]
    assert closing["root"] == merkle.root([json_bytes(first), json_bytes(second)]).hex()
    assert (closing["first"], closing["count"], closing["epoch"], closing["source"]) == (1, 2, 7, "server")
    assert (drawn["seal"], drawn["seq"], drawn["level"], drawn["value"]) == (index, 1, "C", "")
    row = draws_of(pool)[0]
    assert base64.b64decode(drawn["proof"]) == bytes(row.proof)
    assert "owner" not in json.dumps([entry for _, entry, _ in told])


def json_bytes(entry):
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_a_seal_is_signed_before_its_value_is_asked_for():
    pool, _ = small_pool(9)
    a_press(pool)
    seen = []

    def fetch(made, checkpoint):
        if checkpoint is None or made.pool != pool:
            return None
        seen.append((made.leaf < checkpoint.size, checkpoint.note.split("\n")[1]))
        return Value(b"v", hashlib.sha256(b"v").digest(), "A")

    a_sealer(fetch=fetch).work()
    assert seen == [(True, str(Seal.objects.get(pool=pool).size))]


def test_one_turn_draws_what_is_sealed_and_seals_what_waits():
    a_sealer().work()  # whoever pressed in other tests
    pool, _ = small_pool(9)
    leader = a_sealer()
    a_press(pool)
    assert (leader.turn(), leader.sealed) == (0, True)
    a_press(pool)
    assert (leader.turn(), leader.sealed) == (1, True)
    assert [each.state for each in draws_of(pool)] == ["drawn", "sealed"]
    assert (leader.turn(), leader.sealed) == (1, False)
    told = [entry["type"] for _, entry, _ in entries(pool)[2:]]
    assert told == ["request", "seal", "request", "seal", "draw", "draw"]


def test_what_somebody_else_had_signed_meanwhile_is_not_signed_again():
    pool, _ = small_pool(9)
    leader = a_sealer()
    leader.work()
    a_press(pool)
    leader.turn()
    with acting(sequencer("log.sequence")):
        kept = certify(LOG, Signing(folder() / "socket"), NOW)
    with pytest.raises(SigningProblem, match="signed up to"):
        leader.turn()
    leader.turn()
    assert Seal.objects.get(pool=pool).size == kept.size


def test_a_crash_between_seal_and_draw_changes_no_number():
    pool, _ = small_pool(500)
    for _ in range(3):
        a_press(pool)
    a_sealer(fetch=lambda made, checkpoint: None).turn()
    made = Seal.objects.get(pool=pool)
    expected = [
        rules.rank(vrf.proof_to_hash(signing().prove("plates-draw", [rules.alpha(leaf, bytes(32))])[0]), 500 - place)
        for place, (_, entry, leaf) in enumerate(row for row in entries(pool) if row[1]["type"] == "request")
    ]
    a_sealer(epoch=2).work()
    assert [(each.seal, each.k) for each in draws_of(pool)] == [(made.leaf, k) for k in expected]


def set_aside(pool, series):
    runs = [Run(series, 1, 3)]
    return change(by=manager(), pool=pool, type="pool.set-aside", runs=runs, basis=BASIS, at=NOW)


def elsewhere(work):
    """Done as by another server, while this thread goes on."""

    def go():
        try:
            return work()
        finally:
            connections.close_all()

    return ThreadPoolExecutor(1).submit(go)


def test_a_change_of_a_pool_comes_in_between_though_owners_never_stop_pressing():
    pool, series = small_pool(90)
    leader, pressed = a_sealer(), [a_press(pool)]
    leader.turn()  # one batch is always open: what was pressed meanwhile is sealed when the one before is drawn
    changed = elsewhere(lambda: set_aside(pool, series))
    while not changed.done():
        pressed.append(a_press(pool))
        leader.turn()
    event = changed.result()
    assert isinstance(event, Event) and event.event == 3
    leader.work()
    drawn = draws_of(pool)
    assert len(drawn) == len(pressed)
    assert event.remaining == 90 - len([each for each in drawn if each.n > event.remaining]) - 3


def test_a_change_that_its_pool_never_gets_free_for_is_refused(monkeypatch):
    monkeypatch.setattr(pools, "PATIENCE", 0.2)
    pool, series = small_pool(90)
    a_press(pool)
    a_sealer(fetch=lambda made, checkpoint: None).work()
    answer = set_aside(pool, series)
    assert isinstance(answer, Refusal) and answer.reason == "conflict"
    a_sealer(epoch=2).work()
    assert isinstance(set_aside(pool, series), Event)


class Ending(Signing):
    """A signer that ends when slips are to be signed, and is there again afterwards."""

    ended = False

    def sign(self, key, messages):
        if not self.ended:
            self.ended = True
            raise SigningProblem("the signer does not answer")
        return super().sign(key, messages)


def test_a_signer_that_ends_between_proofs_and_slips_changes_no_number():
    pool, _ = small_pool(500)
    for _ in range(4):
        a_press(pool)
    leader = a_sealer()
    leader.work()
    for _ in range(3):
        a_press(pool)
    leader.signing = Ending(folder() / "socket")
    with pytest.raises(SigningProblem):
        leader.work()
    leader.work()
    assert [each.n for each in draws_of(pool)] == [500, 499, 498, 497, 496, 495, 494]
    assert left(pool) == 493


def drawing(made):
    """A leader who thinks that this batch is to be drawn next."""
    leader = a_sealer()
    with acting(sequencer("plate.draw")):
        leader._left = Left([batch_of(made)])
    return leader


def test_what_waits_for_its_value_is_drawn_when_it_comes_and_in_order():
    pool, _ = small_pool(50)
    a_press(pool)
    slow = a_sealer(fetch=lambda made, checkpoint: None)
    assert slow.work() == 0
    a_press(pool)
    assert slow.work() == 0
    first, second = Seal.objects.filter(pool=pool).order_by("first")
    with pytest.raises(OutOfOrder):
        drawing(second).turn()
    assert a_sealer().work() == 2
    assert [each.seal for each in draws_of(pool)] == [first.leaf, second.leaf]


def test_a_batch_that_waits_holds_back_its_own_pool_alone():
    slow, quick = small_pool(9)[0], small_pool(9)[0]
    a_press(slow)
    nobody = a_sealer(decides=lambda at: Decides("witness", 0, ("a.test", "b.test")))
    nobody.work()
    a_press(slow)
    a_press(quick)
    sealer = a_sealer()
    sealer.work()
    assert (left(slow), left(quick), sealer.waits) == (9, 8, True)


def test_a_batch_is_not_drawn_twice():
    pool, _ = small_pool(50)
    a_press(pool)
    a_sealer().work()
    with pytest.raises(OutOfOrder):
        drawing(Seal.objects.get(pool=pool)).turn()
    assert left(pool) == 49


def test_a_stock_that_others_changed_is_read_anew():
    pool, series = small_pool(50)
    sealer = a_sealer()
    for _ in range(3):
        a_press(pool)
        sealer.work()
        a_press(pool)
        a_sealer().work()
    drawn = draws_of(pool)
    assert [each.n for each in drawn] == [50, 49, 48, 47, 46, 45]
    assert len({each.number for each in drawn}) == 6
    assert Pool.objects.get(pk=pool).remaining == left(pool) == 44
    assert all(each.number.startswith(series) for each in drawn)


def test_whoever_presses_after_the_last_number_waits_until_numbers_are_added():
    pool, series = small_pool(2)
    for _ in range(3):
        a_press(pool)
    a_sealer().work()
    assert (left(pool), len(draws_of(pool))) == (0, 2)
    assert isinstance(press(by=owner(a_file(pool).ticket), nonce=bytes(16), at=NOW), Refusal)
    more = [Run(a_series(), 1, 99_999)]
    change(by=manager(), pool=pool, type="pool.add", runs=more, basis=BASIS, at=NOW)
    a_sealer().work()
    *_, last = draws_of(pool)
    assert (last.seq, last.n) == (3, 99_999)
    assert not last.number.startswith(series)
