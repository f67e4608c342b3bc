"""`hamrong audit verify --db` after somebody with the whole database was at it: each manipulation has its name.

The record of the run is put aside; the one that is tampered with is made by the real functions, and signed by a signer
of its own.
"""

import re
import secrets
from random import Random

import psycopg
import pytest
from click.testing import CliRunner
from django.conf import settings

from hamrong.access.walls import acting
from hamrong.audit import logs
from hamrong.audit.signer import Signer
from hamrong.kernel.proofs import checkpoints, merkle, notes
from hamrong.site.cli import hamrong
from tests.audit.streams import a_stream, an_entry
from tests.audit.tampering import tampering
from tests.plates.owners import sequencer
from tests.signer import KEYS, ORIGIN, serving
from tests.world import NOW, timedelta

LOG = f"{ORIGIN}/audit"
KEY = notes.key_of(LOG, notes.ED25519, KEYS["log.audit"])
TABLES = ("audit_entry", "audit_detail", "audit_pending", "audit_log", "audit_leaf", "audit_node", "audit_checkpoint")
OTHERS = 280
"""Entries beside the stream that is tampered with: enough for a stored subtree of 256 leaves."""


def keep(admin, name):
    for table in TABLES:
        admin.execute(f"create temporary table {name}_{table} as table {table}")


def put_back(admin, name):
    for table in reversed(TABLES):
        admin.execute(f"delete from {table}")
    for table in TABLES:
        admin.execute(f"insert into {table} select * from {name}_{table}")


def sign(signing):
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        return logs.certify("audit", signing, NOW).note


class World:
    """The record that is tampered with: its stream, two more entries, and what was kept elsewhere of its log."""

    def __init__(self, folder, signing):
        self.folder, self.signing = folder, signing
        self.stream = a_stream(5)
        for _ in range(OTHERS):
            an_entry(self.stream + ":other", at=NOW + timedelta(hours=1))
        self.first = sign(signing)
        self.last = an_entry(f"test:{secrets.token_hex(6)}")
        self.second = sign(signing)
        self.waiting = an_entry(f"test:{secrets.token_hex(6)}")
        self.size = OTHERS + 6
        for name, content in (("keys", str(KEY)), ("first", self.first), ("second", self.second)):
            (folder / name).write_text(content)

    def verify(self, *seen, keys=True):
        """Exit code and what is said."""
        words = ["audit", "verify", "--db"] + (["--keys", str(self.folder / "keys")] if keys else [])
        words += [word for each in seen for word in ("--trusted", str(self.folder / each))]
        done = CliRunner().invoke(hamrong, words)
        return done.exit_code, done.output


@pytest.fixture(scope="module")
def admin(admin_url):
    with psycopg.connect(admin_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def made(admin, tmp_path_factory):
    folder = tmp_path_factory.mktemp("signer")
    with tampering(admin):
        keep(admin, "aside")
        for table in reversed(TABLES):
            admin.execute(f"delete from {table}" + (" where name <> 'audit'" if table == "audit_log" else ""))
        admin.execute("update audit_log set size = 0, frontier = '{}'")
    world = World(folder, serving(Signer(KEYS, folder, ORIGIN), folder / "socket"))
    with tampering(admin):
        keep(admin, "made")
    yield world
    with tampering(admin):
        put_back(admin, "aside")


@pytest.fixture
def world(made, admin):
    yield made
    with tampering(admin):
        put_back(admin, "made")


def change(admin, world, what, number=3):
    admin.execute(f"update audit_entry set {what} where stream = %s and stream_seq = %s", [world.stream, number])


def rehash(admin, world, start):
    """Links and hashes of the stream from a number on, as if it had always been so."""
    for number in range(start, 6):
        admin.execute(
            "update audit_entry e set prev = coalesce((select b.leaf_hash from audit_entry b "
            "where b.stream = e.stream and b.stream_seq = e.stream_seq - 1), '') where stream = %s and stream_seq = %s",
            [world.stream, number],
        )
        rehashed(admin, world, number)


def rehashed(admin, world, number):
    change(admin, world, "leaf_hash = sha256('\\x00'::bytea || audit_leaf_bytes(audit_entry.*))", number)


def regrown(admin):
    """Leaves, nodes and summary of the log made anew from its entries that are there."""
    rows = admin.execute(
        "select l.entry, e.leaf_hash from audit_leaf l join audit_entry e on e.id = l.entry order by l.index"
    ).fetchall()
    for table in ("audit_leaf", "audit_node"):
        admin.execute(f"delete from {table} where log = 'audit'")
    admin.execute("update audit_log set size = 0, frontier = '{}' where name = 'audit'")
    admin.execute("select audit_log_extend('audit', %s)", [[hash_ for _, hash_ in rows]])
    with admin.cursor() as cursor:
        cursor.executemany(
            "insert into audit_leaf (log, index, hash, entry) values ('audit', %s, %s, %s)",
            [(index, hash_, entry) for index, (entry, hash_) in enumerate(rows)],
        )
    return [bytes(hash_) for _, hash_ in rows]


def resigned(admin, world, size=None, key=None, root=None, name=LOG):
    """The newest checkpoint replaced by another one."""
    told = checkpoints.Checkpoint(name, size or world.size, root or merkle.root([b"forged"]))
    text = told.text()
    note = notes.written(text, [notes.sign(text, name, key or KEYS["log.audit"])])
    admin.execute(
        "update audit_checkpoint set note = %s, size = %s, root = %s where log = 'audit' and size = %s",
        [note, told.size, told.root, world.size],
    )


def rewritten(admin, world):
    """An entry, everything that follows from it, and the log: only what is signed stays."""
    change(admin, world, "actor = 'person:x'")
    rehash(admin, world, 3)
    return regrown(admin)


def everything(admin, world):
    """… and the checkpoint too, by somebody who has the log's key."""
    hashes = rewritten(admin, world)
    admin.execute("delete from audit_checkpoint where log = 'audit' and size < %s", [world.size])
    nodes = merkle.grown(0, [], hashes)[1]
    resigned(admin, world, root=merkle.root_of_nodes(nodes))


def removed(admin, world, number):
    admin.execute("delete from audit_entry where stream = %s and stream_seq = %s", [world.stream, number])


def numbered_anew(admin, world):
    removed(admin, world, 3)
    change(admin, world, "stream_seq = 3", 4)
    change(admin, world, "stream_seq = 4", 5)


def swapped(admin, world):
    for old, new in ((3, 99), (4, 3), (99, 4)):
        change(admin, world, f"stream_seq = {new}", old)


def put_in(admin, world):
    for number in (5, 4, 3):
        change(admin, world, f"stream_seq = {number + 1}", number)
    admin.execute(
        "insert into audit_entry select gen_random_uuid(), stream, 3, leaf_hash, type, 'person:x', unit, subject, "
        "purpose, at, commit, leaf_hash, xact from audit_entry where stream = %s and stream_seq = 2",
        [world.stream],
    )
    rehashed(admin, world, 3)


def appended(admin, world):
    admin.execute(
        "insert into audit_entry select gen_random_uuid(), stream, 6, leaf_hash, type, 'person:x', unit, subject, "
        "purpose, at, commit, leaf_hash, xact from audit_entry where stream = %s and stream_seq = 5",
        [world.stream],
    )
    rehashed(admin, world, 6)


def details(admin, world, what):
    admin.execute(
        f"update audit_detail set {what} where entry_id = "
        "(select id from audit_entry where stream = %s and stream_seq = 4)",
        [world.stream],
    )


def dated_back(admin, world):
    change(admin, world, "at = at - interval '10 minutes'", 4)
    rehash(admin, world, 4)
    regrown(admin)


def restored(admin, world):
    """The state of the whole record when the first checkpoint was signed, as a copy of then would bring it back."""
    for table, column in (("audit_detail", "entry_id"), ("audit_pending", "entry_id"), ("audit_entry", "id")):
        admin.execute(f"delete from {table} where {column} in (%s, %s)", [world.last, world.waiting])
    regrown(admin)
    admin.execute("delete from audit_checkpoint where log = 'audit' and size = %s", [world.size])


def cut(admin, world):
    """Only the newest entry, with everything that speaks of it."""
    admin.execute("delete from audit_detail where entry_id = %s", [world.last])
    admin.execute("delete from audit_entry where id = %s", [world.last])
    regrown(admin)
    admin.execute("delete from audit_checkpoint where log = 'audit' and size = %s", [world.size])


def sql(statement):
    return lambda admin, world: admin.execute(statement, {"last": world.last, "waiting": world.waiting})


MANIPULATIONS = {
    "payload edited": (lambda a, w: change(a, w, "actor = 'person:x'"), "entry 3 .*: payload"),
    "payload and hash edited": (
        lambda a, w: (change(a, w, "actor = 'person:x'"), rehashed(a, w, 3)), "entry 3 .*: chain",
    ),
    "payload and hash of the last of a stream": (
        lambda a, w: (change(a, w, "actor = 'person:x'", 5), rehashed(a, w, 5)), "index 4, .*: leaf",
    ),
    "payload and the whole stream after it": (
        lambda a, w: (change(a, w, "actor = 'person:x'"), rehash(a, w, 3)), "index 2, .*: leaf",
    ),
    "payload, stream and log": (rewritten, "checkpoint of size .*: fork"),
    "row removed in the middle": (lambda a, w: removed(a, w, 3), "entry 4 .*: gap"),
    "row removed at the beginning": (lambda a, w: removed(a, w, 1), "entry 2 .*: gap"),
    "row removed at the end": (lambda a, w: removed(a, w, 5), "index 4, .*: removed"),
    "row removed and the rest numbered anew": (numbered_anew, "entry 3 .*: gap"),
    "whole stream removed": (
        lambda a, w: a.execute("delete from audit_entry where stream = %s", [w.stream]), "index 0, .*: removed",
    ),
    "number left out": (lambda a, w: change(a, w, "stream_seq = 7", 5), "entry 7 .*: gap"),
    "two swapped": (swapped, "entry 3 .*: reorder"),
    "row put in": (put_in, "entry 3 .*: insert"),
    "row put in at the end": (appended, "entry 6 .*: unplaced"),
    "pending row dropped": (
        sql("delete from audit_pending where entry_id = %(waiting)s"), "entry 1 .*: unplaced",
    ),
    "details changed": (lambda a, w: details(a, w, "details = '{}'"), "entry 4 .*: details"),
    "salt changed": (lambda a, w: details(a, w, "salt = '\\x00'"), "entry 4 .*: details"),
    "clock going back": (dated_back, "entry 4 .*: clock"),
    "leaf changed": (
        sql("update audit_leaf set hash = sha256('x') where (log, index) = ('audit', 9)"), "index 9, .*: leaf",
    ),
    "leaf removed": (sql("delete from audit_leaf where entry = %(last)s"), ": (leaf|unplaced)"),
    "leaf put in": (
        sql("insert into audit_leaf (log, index, hash, data) select 'audit', size, sha256('x'), '{}' from audit_log "
            "where name = 'audit'"),
        ": leaf",
    ),
    "two leaves swapped": (
        sql("update audit_leaf a set hash = b.hash, entry = null, data = b.index::text from audit_leaf b where "
            "(a.log, b.log) = ('audit', 'audit') and (a.index, b.index) in ((7, 8), (8, 7))"),
        ": (fork|unplaced)",
    ),
    "frontier edited": (
        sql("update audit_log set frontier[1] = sha256('x') where name = 'audit'"), f"size {OTHERS + 6}: frontier",
    ),
    "size edited": (sql("update audit_log set size = size + 1 where name = 'audit'"), ": leaf"),
    "node edited": (sql("update audit_node set hash = sha256('x') where log = 'audit'"), "level 1, index 0: node"),
    "node removed": (sql("delete from audit_node where log = 'audit'"), "level 1, index 0: node"),
    "checkpoint of another key": (lambda a, w: resigned(a, w, key=bytes(32)), "size .*: wrong-key"),
    "checkpoint of an unknown term of the key": (
        lambda a, w: resigned(a, w, key=KEYS["log.plates"]), "size .*: wrong-key",
    ),
    "checkpoint of another log": (lambda a, w: resigned(a, w, name="elsewhere.example/audit"), "size .*: wrong-key"),
    "checkpoint of a smaller size": (lambda a, w: resigned(a, w, size=9), "size 9: fork"),
    "checkpoint of a larger size": (lambda a, w: resigned(a, w, size=999), "size 999, .*: rollback"),
    "checkpoint of the same size and another root": (lambda a, w: resigned(a, w), "size .*: fork"),
    "checkpoint with another signature": (
        sql("update audit_checkpoint set note = replace(note, E'\\n' || size || E'\\n', E'\\n' || size + 1 || E'\\n') "
            "where log = 'audit'"),
        "size .*: signature",
    ),
    "checkpoint that is none": (sql("update audit_checkpoint set note = 'x' where log = 'audit'"), ": form"),
    "checkpoint filed under another size": (
        sql("update audit_checkpoint set size = size + 1000000 where log = 'audit'"), "size .*: form",
    ),
    "checkpoint with another root beside it": (
        sql("update audit_checkpoint set root = sha256('x') where log = 'audit'"), "size .*: form",
    ),
}  # fmt: skip


def test_an_untouched_record_is_intact(world):
    assert world.verify()[0] == 0
    assert "UNANCHORED" in world.verify()[1]
    code, told = world.verify("first", "second")
    assert (code, "UNANCHORED" in told) == (0, False), told


@pytest.mark.parametrize("name", MANIPULATIONS)
def test_every_manipulation_is_named(world, admin, name):
    does, expected = MANIPULATIONS[name]
    with tampering(admin):
        does(admin, world)
    code, told = world.verify()
    assert code == 1, told
    assert told.startswith("TAMPERED ") and re.search(f"{expected}, ", told), told


WITH_THE_KEY = {"everything rewritten": (everything, "fork"), "restored from a copy": (restored, "rollback"),
                "cut at its end": (cut, "rollback")}  # fmt: skip


@pytest.mark.parametrize("name", WITH_THE_KEY)
def test_whoever_rules_database_and_key_is_found_by_what_was_kept_elsewhere(world, admin, monkeypatch, name):
    does, kind = WITH_THE_KEY[name]
    with tampering(admin):
        does(admin, world)
    code, told = world.verify()
    assert (code, "UNANCHORED" in told) == (0, True), "nothing here can show it"
    code, told = world.verify("second")
    assert (code, f": {kind}, " in told) == (1, True), told
    monkeypatch.setattr(settings, "HAMRONG_SIGNER", world.folder / "socket")
    code, told = world.verify(keys=False)
    assert (code, f": {kind}, " in told) == (1, True), "the signer has seen more"


def test_erasing_details_leaves_everything_valid(world, admin):
    with tampering(admin):
        admin.execute("delete from audit_detail")
    code, told = world.verify("first", "second")
    assert (code, f"details of {world.size + 1} erased" in told) == (0, True), told


def run(*words):
    done = CliRunner().invoke(hamrong, ["audit", *map(str, words)])
    return done.exit_code, done.output


def test_a_copy_of_the_database_is_checked_and_compared(world, admin, tmp_path):
    keys, seen = ("--keys", world.folder / "keys"), ("--trusted", world.folder / "first")
    assert run("export", tmp_path / "one")[0] == 0
    assert run("verify", "--export", tmp_path / "one", *keys, *seen)[0] == 0
    assert run("diff", tmp_path / "one", tmp_path / "one")[0] == 0
    with tampering(admin):
        change(admin, world, "actor = 'person:x'")
    assert run("export", tmp_path / "other")[0] == 0
    assert run("diff", tmp_path / "one", tmp_path / "other") == (1, "they part at entry 2\n")
    code, told = run("verify", "--export", tmp_path / "other", *keys)
    assert (code, "TAMPERED" in told) == (1, True), told


def test_no_flipped_bit_of_an_export_goes_unseen(world, tmp_path):
    assert run("export", tmp_path)[0] == 0
    files, chance = [each for each in sorted(tmp_path.rglob("*")) if each.is_file()], Random(85)
    for turn in range(60):
        file = files[turn % len(files)]
        content = file.read_bytes()
        at, bit = chance.randrange(len(content)), chance.randrange(8)
        file.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
        assert run("verify", "--export", tmp_path, "--keys", world.folder / "keys")[0] in (1, 2), (file, at, bit)
        file.write_bytes(content)
    assert run("verify", "--export", tmp_path, "--keys", world.folder / "keys")[0] == 0


def test_an_entry_is_proved_and_checked_without_the_database(world, tmp_path):
    assert run("prove", world.last, tmp_path)[0] == 0
    entry, proof = tmp_path / f"{world.last}.entry", tmp_path / f"{world.last}.tlog-proof"
    assert run("check", proof, "--entry", entry, "--keys", world.folder / "keys")[0] == 0
    entry.write_bytes(entry.read_bytes().replace(b"stay.open", b"stay.shut"))
    assert run("check", proof, "--entry", entry, "--keys", world.folder / "keys")[0] == 1
    assert run("prove", world.waiting, tmp_path)[0] == 2, "it has no place yet"
    assert run("prove", "x", tmp_path)[0] == 3
