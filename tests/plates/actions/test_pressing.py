"""Presses that come together: each behind its own wall, on record by itself, and none harmed by another."""

import secrets
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.walls import acting
from hamrong.plates.actions import pressing
from hamrong.plates.actions.pressing import Press, press
from hamrong.plates.models import Draw
from hamrong.plates.queries import visible
from tests.plates.owners import a_file, owner
from tests.plates.pools import a_pool
from tests.world import NOW


def a_press(by: Grant) -> Press:
    return Press(by, secrets.token_bytes(16), NOW)


def standing(by: Grant) -> Draw:
    with acting(by):
        return visible.draws(by).get()


def entries(admin, draw: Draw) -> int:
    found = admin.execute(
        "select count(*) from audit_entry where subject = %s and stream = %s and type = 'plate.press'",
        [f"plates-draw:{draw.pk}", f"plates-draw:{draw.pk}"],
    ).fetchone()
    return int(found[0])


def test_all_of_a_group_are_kept_and_each_is_on_record(admin_connection):
    pool = a_pool()[0]
    owners = [owner(a_file(pool).ticket) for _ in range(6)]
    told = [a_press(by) for by in owners]
    kept = pressing._keep(told)
    for by, one, drawn in zip(owners, told, kept, strict=True):
        assert drawn is not None and drawn.ticket == by.scope
        found = standing(by)
        assert (found.state, bytes(found.nonce), found.pressed_at) == ("pressed", one.nonce, NOW)
        assert {name: getattr(drawn, name) for name in ("pk", "pool", "state")} == {
            name: getattr(found, name) for name in ("pk", "pool", "state")
        }
        assert entries(admin_connection, found) == 1


def test_whoever_pressed_before_or_has_no_file_keeps_nobody_else_from_pressing(admin_connection):
    pool = a_pool()[0]
    twice, once = owner(a_file(pool).ticket), owner(a_file(pool).ticket)
    nobody = owner("BX-NOBODY")
    first = a_press(twice)
    assert all(pressing._keep([first]))
    kept = pressing._keep([a_press(twice), a_press(nobody), a_press(once)])
    assert [each is not None for each in kept] == [False, False, True]
    assert bytes(standing(twice).nonce) == first.nonce
    assert entries(admin_connection, standing(twice)) == 1


def test_where_one_has_to_wait_none_of_the_group_is_kept_and_each_goes_the_ordinary_way(admin_connection):
    pool = a_pool()[0]
    free, held = a_press(owner(a_file(pool).ticket)), a_press(owner(a_file(pool).ticket))
    with admin_connection.transaction():
        admin_connection.execute("select from plates_draw where ticket = %s for update", [held.by.scope])
        assert pressing._keep([free, held]) == [None, None]
        assert standing(free.by).state == "filed"
        assert isinstance(press(by=free.by, nonce=free.nonce, at=NOW), Draw)
    assert isinstance(press(by=held.by, nonce=held.nonce, at=NOW), Draw)


def pressed_in_a_thread(by: Grant) -> Draw | Refusal:
    try:
        return press(by=by, nonce=secrets.token_bytes(16), at=NOW)
    finally:
        connection.close()


def test_many_at_once_and_each_gets_the_own_answer():
    pool = a_pool()[0]
    owners = [owner(a_file(pool).ticket) for _ in range(8)]
    asked = [*owners, *owners, owner("BX-NOBODY")]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(pressed_in_a_thread, asked))
    assert isinstance(answers[-1], Refusal)
    for by, answer in zip(asked[:-1], answers[:-1], strict=True):
        assert isinstance(answer, Draw) and answer.ticket == by.scope and answer.state == "pressed"


def test_inside_a_longer_transaction_a_press_is_part_of_it():
    by = owner(a_file(a_pool()[0]).ticket)
    with transaction.atomic():
        assert isinstance(press(by=by, nonce=secrets.token_bytes(16), at=NOW), Draw)
        transaction.set_rollback(True)
    assert standing(by).state == "filed"
