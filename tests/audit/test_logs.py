"""Logs in the database: every leaf in its place, the same tree as the standard's, and nobody who adds without right."""

import secrets
import threading

import psycopg
import pytest

from hamrong.audit.logs import tree
from hamrong.kernel.proofs import merkle
from tests.audit.streams import a_stream, an_entry

STATE = "select size, frontier from audit_log where name = %s"
LEAVES = "select index, hash, data from audit_leaf where log = %s order by index"


@pytest.fixture
def log(admin_connection):
    """A public log of its own."""
    name = f"test-{secrets.token_hex(5)}"
    admin_connection.execute("select audit_log_open(%s, 'hamrong_sequencer', 'hamrong_province')", [name])
    return name


@pytest.fixture
def sequencer(app_connection):
    app_connection.execute("select set_config('role', 'hamrong_sequencer', true)")
    return app_connection


def root_of(frontier):
    """The root of the tree that consists of these whole subtrees, from left to right."""
    *rest, right = frontier
    for left in reversed(rest):
        right = merkle.node(left, right)
    return right


def add(connection, log, *entries):
    connection.execute("select set_config('role', 'hamrong_sequencer', true)")
    (first,) = connection.execute("select audit_publish(%s, %s)", [log, list(entries)]).fetchone()
    connection.commit()
    return first


def test_the_tree_is_that_of_the_standard_at_every_size(sequencer, log):
    data: list[bytes] = []
    for size in (1, 1, 1, 1, 3, 9, 40, 200, 1, 300):
        entries = [f'{{"n":{len(data) + number}}}' for number in range(size)]
        assert add(sequencer, log, *entries) == len(data)
        data += [each.encode() for each in entries]
        counted, frontier = sequencer.execute(STATE, [log]).fetchone()
        assert counted == len(data)
        assert root_of(list(map(bytes, frontier))) == merkle.root(data)
    rows = sequencer.execute(LEAVES, [log]).fetchall()
    assert [(index, bytes(hash_), text.encode()) for index, hash_, text in rows] == [
        (index, merkle.leaf(each), each) for index, each in enumerate(data)
    ]


def test_whole_subtrees_of_256_leaves_are_kept(sequencer, log):
    data = [f'"{number}"' for number in range(700)]
    for start in range(0, 700, 100):
        add(sequencer, log, *data[start : start + 100])
    nodes = sequencer.execute(
        "select level, index, hash from audit_node where log = %s order by level, index", [log]
    ).fetchall()
    assert [(level, index, bytes(hash_)) for level, index, hash_ in nodes] == [
        (1, number, merkle.root([each.encode() for each in data[number * 256 : number * 256 + 256]]))
        for number in (0, 1)
    ]


def test_entries_of_the_record_get_one_place_each(app_connection):
    entries = {an_entry(a_stream(1)) for _ in range(3)}
    while app_connection.execute("select set_config('role', 'hamrong_sequencer', true)") and sequence(app_connection):
        pass
    found = app_connection.execute(
        "select l.index, l.entry, l.hash = e.leaf_hash from audit_leaf l join audit_entry e on e.id = l.entry "
        "where l.log = 'audit' order by l.index"
    ).fetchall()
    app_connection.execute("select set_config('role', 'hamrong_sequencer', true)")
    assert app_connection.execute("select count(*) from audit_pending").fetchone() == (0,)
    assert [index for index, _, _ in found] == list(range(len(found)))
    assert all(same for _, _, same in found)
    assert entries <= {entry for _, entry, _ in found}


def sequence(connection, most=100):
    connection.execute("select set_config('role', 'hamrong_sequencer', true)")
    (count,) = connection.execute("select audit_sequence(%s)", [most]).fetchone()
    connection.commit()
    connection.execute("select set_config('role', 'hamrong_sequencer', true)")
    return count


def test_entries_of_a_stream_keep_their_order(app_connection):
    stream = a_stream(5)
    while sequence(app_connection, 2):
        pass
    places = app_connection.execute(
        "select stream_seq from audit_leaf l join audit_entry e on e.id = entry where stream = %s order by index",
        [stream],
    ).fetchall()
    assert places == [(1,), (2,), (3,), (4,), (5,)]


def test_two_sequencers_at_once_give_no_place_twice(admin_connection):
    for _ in range(4):
        a_stream(25)

    def work():
        with psycopg.connect(admin_connection.info.dsn, password=admin_connection.info.password) as connection:
            while sequence(connection, 7):
                pass

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    size, places, last = admin_connection.execute(
        "select (select size from audit_log where name = log), count(*), max(index) from audit_leaf "
        "where log = 'audit' group by log"
    ).fetchone()
    assert size == places == last + 1
    assert admin_connection.execute("select count(*) from audit_pending").fetchone() == (0,)


def test_who_may_not_write_to_a_log_does_not(app_connection, log):
    app_connection.execute("select set_config('role', 'hamrong_host', true)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="does not write to log"):
        app_connection.execute("select audit_publish(%s, '{}'::text[])", [log])


def test_nobody_adds_to_the_record_by_hand(sequencer):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="does not write to log audit"):
        sequencer.execute("select audit_publish('audit', '{}'::text[])")


def test_an_entry_that_a_bundle_could_not_hold_is_refused(sequencer, log):
    with pytest.raises(psycopg.errors.StringDataRightTruncation, match="65535"):
        sequencer.execute("select audit_publish(%s, %s)", [log, ["x" * 65_536]])


@pytest.mark.parametrize(
    "statement",
    [
        "insert into audit_leaf (log, index, hash, data) values ('audit', 0, 'x', 'x')",
        "update audit_log set size = 0",
        "delete from audit_pending",
        "delete from audit_leaf",
        "update audit_checkpoint set note = ''",
        "delete from audit_cosignature",
        "insert into audit_node values ('audit', 1, 0, 'x')",
        "insert into audit_writer values ('audit', 'hamrong_app')",
        "select audit_log_extend('audit', array['x'::bytea])",
        "select audit_log_open('mine', 'hamrong_app')",
    ],
)
@pytest.mark.parametrize("role", ["hamrong_app", "hamrong_province", "hamrong_inspector", "hamrong_sequencer"])
def test_no_role_of_the_application_places_leaves_by_hand(app_connection, role, statement):
    app_connection.execute("select set_config('role', %s, true)", [role])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute(statement)


@pytest.mark.parametrize("table", ["audit_leaf", "audit_node", "audit_checkpoint", "audit_cosignature"])
@pytest.mark.parametrize("statement", ["delete from {}", "truncate {}"])
def test_the_owner_is_stopped_by_a_trigger(owner_connection, table, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute(statement.format(table))


def test_a_leaf_is_proved_in_the_tree_of_every_size_since(sequencer, log):
    data = [f'"{number}"' for number in range(700)]
    add(sequencer, log, *data)
    leaves = [each.encode() for each in data]
    for size in (1, 2, 3, 255, 256, 257, 511, 512, 513, 600, 699, 700):
        root = merkle.root(leaves[:size])
        for index in {0, 1, size // 2, size - 1, min(size - 1, 255), min(size - 1, 256)} - {size}:
            path = tree(log, size).path(index)
            assert path == merkle.path(leaves[:size], index)
            assert merkle.included(leaves[index], index, size, path, root)
    with pytest.raises(IndexError):
        tree(log, 5).path(5)


def test_who_holds_the_end_of_a_log_knows_its_next_index(sequencer, log):
    add(sequencer, log, "{}", "{}")
    sequencer.execute("select set_config('role', 'hamrong_sequencer', true)")
    assert sequencer.execute("select audit_log_hold(%s)", [log]).fetchone() == (2,)


def test_nobody_holds_a_log_that_is_not_theirs_to_write(app_connection, log):
    app_connection.execute("select set_config('role', 'hamrong_ward', true)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("select audit_log_hold(%s)", [log])
