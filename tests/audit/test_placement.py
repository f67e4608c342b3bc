"""The log of the record: untouched it is in order, and every way of tampering is named by its own name."""

import pytest
from django.db import connection

from hamrong.access.walls import acting
from hamrong.audit import logs, placement
from hamrong.audit.queries import leaves, stored, unplaced
from hamrong.kernel.proofs import checkpoints, notes
from tests.audit.streams import a_stream, an_entry
from tests.audit.tampering import tampering
from tests.plates.owners import sequencer
from tests.signer import KEYS, ORIGIN, signing
from tests.world import NOW

KEY = notes.key_of(f"{ORIGIN}/audit", notes.ED25519, KEYS["log.audit"])


def placed(count=3):
    """Some more entries with their places, and the checkpoint over them."""
    entries = [an_entry(a_stream(1)) for _ in range(count)]
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        checkpoint = logs.certify("audit", signing(), NOW)
    return entries, checkpoints.read(notes.read(checkpoint.note).text)


def check(trusted=(), key=KEY):
    with acting(sequencer("log.sequence")):
        return placement.check(stored("audit"), leaves("audit"), key, trusted)


def kind(found):
    return found and found.kind


def test_an_untouched_log_is_in_order_and_continues_what_was_seen():
    _, seen = placed(300)
    placed()
    assert check([seen]) is None


def entry_of(index):
    with acting(sequencer("log.sequence")), connection.cursor() as cursor:
        cursor.execute("select entry from audit_leaf where log = 'audit' and index = %s", [index])
        return cursor.fetchone()[0]


TAMPERINGS = {
    "removed in the middle": ("delete from audit_entry where id = %(middle)s", "removed"),
    "removed at the end": ("delete from audit_entry where id = %(last)s", "removed"),
    "leaf changed": ("update audit_leaf set hash = sha256('x') where entry = %(middle)s", "leaf"),
    "leaf and entry changed": (
        "with e as (update audit_entry set leaf_hash = sha256('x') where id = %(middle)s returning id) "
        "update audit_leaf set hash = sha256('x') where entry = (select id from e)",
        "fork",
    ),
    "two leaves swapped": (
        "update audit_leaf a set hash = b.hash, entry = null, data = b.index::text from audit_leaf b "
        "where (a.log, b.log) = ('audit', 'audit') and a <> b "
        "and b.entry in (%(middle)s, %(last)s) and a.entry in (%(middle)s, %(last)s)",
        "fork",
    ),
    "leaf removed": ("delete from audit_leaf where entry = %(middle)s", "leaf"),
    "last leaf removed": ("delete from audit_leaf where entry = %(last)s", "leaf"),
    "leaf put in": (
        "insert into audit_leaf (log, index, hash, data) select 'audit', size, sha256('x'), '{}' from audit_log "
        "where name = 'audit'",
        "leaf",
    ),
    "frontier changed": ("update audit_log set frontier[1] = sha256('x') where name = 'audit'", "frontier"),
    "node changed": ("update audit_node set hash = sha256('x') where log = 'audit' and index = 0", "node"),
    "node removed": ("delete from audit_node where log = 'audit' and index = 0", "node"),
    "log cut short": (
        "with l as (delete from audit_leaf where entry = %(last)s returning index) "
        "update audit_log set size = (select index from l) where name = 'audit'",
        "rollback",
    ),
    "checkpoint of another root": (
        "update audit_checkpoint set note = replace(note, split_part(note, E'\\n', 3), "
        "encode(sha256('x'), 'base64')) where log = 'audit' and size = (select max(size) from audit_checkpoint "
        "where log = 'audit')",
        "signature",
    ),
    "checkpoint that is none": (
        "update audit_checkpoint set note = 'x' where log = 'audit' and size = (select max(size) from audit_checkpoint "
        "where log = 'audit')",
        "form",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_has_its_name(admin_connection, name):
    entries, _ = placed(300)
    statement, expected = TAMPERINGS[name]
    with tampering(admin_connection) as admin, admin.transaction(force_rollback=True):
        admin.execute(statement, {"middle": entries[150], "last": entries[-1]})
        assert kind(seen_by(admin)) == expected
    assert check() is None


def seen_by(admin):
    """The check, on the connection that has tampered and not committed."""
    size, frontier = admin.execute("select size, frontier from audit_log where name = 'audit'").fetchone()
    nodes = admin.execute("select level, index, hash from audit_node where log = 'audit'").fetchall()
    nodes.sort(key=lambda row: (row[1] + 1 << 8 * row[0], row[0]))
    log = placement.Log(
        size,
        list(map(bytes, frontier)),
        iter([placement.Stored(level, index, bytes(hash_)) for level, index, hash_ in nodes]),
        [
            placement.Kept(*row)
            for row in admin.execute("select size, root, note from audit_checkpoint where log = 'audit'")
        ],
    )
    rows = admin.execute(
        "select l.index, l.hash, l.entry, e.leaf_hash from audit_leaf l left join audit_entry e on e.id = l.entry "
        "where l.log = 'audit' order by l.index"
    ).fetchall()
    return placement.check(log, [placement.Leaf(*row) for row in rows], KEY, ())


def test_a_pending_entry_that_is_dropped_is_found(admin_connection):
    placed()
    entry = an_entry(a_stream(1))
    with tampering(admin_connection) as admin:
        admin.execute("delete from audit_pending where entry_id = %s", [entry])
    with acting(sequencer("log.sequence")):
        assert unplaced()[0] == entry
    with tampering(admin_connection) as admin:
        admin.execute("insert into audit_pending (entry_id) values (%s)", [entry])
    with acting(sequencer("log.sequence")):
        assert unplaced() is None


def test_another_key_is_not_the_logs():
    placed()
    assert kind(check(key=notes.key_of(KEY.name, notes.ED25519, bytes(32)))) == "wrong-key"


def test_a_log_restored_from_a_copy_is_shorter_than_what_was_seen():
    _, seen = placed()
    assert kind(check([seen._replace(size=seen.size + 1)])) == "rollback"


def test_what_was_seen_elsewhere_with_the_same_size_and_another_root_is_a_fork():
    _, seen = placed()
    assert kind(check([seen._replace(root=bytes(32))])) == "fork"


def test_a_signer_that_signed_more_is_noticed_before_anything_is_signed():
    placed()
    state = signing().state("audit")
    assert state.size == logs.head("audit").size
    ahead = type("Ahead", (), {"state": lambda self, log: state._replace(size=state.size + 5)})()
    an_entry(a_stream(1))
    with acting(sequencer("log.sequence")), pytest.raises(logs.Diverged):
        logs.sequence()
        logs.certify("audit", ahead, NOW)
    with acting(sequencer("log.sequence")):
        logs.certify("audit", signing(), NOW)
