"""`hamrong audit` over copies: every manipulation has its name and exit code, and no flipped bit goes unseen."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import pytest
from click.testing import CliRunner

from hamrong.kernel.proofs import checkpoints, merkle, notes, tiles
from hamrong.site.cli import hamrong
from tests.plates.logs import put, seed

ORIGIN = "hamrong.example/38/audit"
KEY = notes.key_of(ORIGIN, notes.ED25519, seed("log"))
SIZE = 300
FLIPS = int(os.environ.get("FLIPS", "150"))


def entry(number, word="stay.open"):
    return f'{{"stream":"test","stream_seq":{number},"type":"{word}"}}'.encode()


ENTRIES = [entry(number) for number in range(SIZE)]


def write(folder, entries, key="log", root=None, size=None):
    """A copy of a log of these entries, as its own signer would make it, in all its parts."""
    hashes = [merkle.leaf(each) for each in entries]
    levels = {0: hashes, 1: [merkle.reduced(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]}
    for level, all_ in levels.items():
        for at in range(0, len(all_), 256):
            some = all_[at : at + 256]
            put(folder / tiles.tile_path(str(level), at // 256, len(some)), b"".join(some))
    for at in range(0, len(entries), 256):
        some = entries[at : at + 256]
        put(folder / tiles.tile_path("entries", at // 256, len(some)), tiles.bundle(some))
    put(folder / "checkpoint", note(entries, key, root, size).encode())
    return folder


def note(entries, key="log", root=None, size=None):
    text = checkpoints.Checkpoint(
        ORIGIN, len(entries) if size is None else size, merkle.root(entries) if root is None else root
    ).text()
    return notes.written(text, [notes.sign(text, ORIGIN, seed(key))])


@pytest.fixture
def run(tmp_path):
    (tmp_path / "keys").write_text(str(KEY))
    (tmp_path / "seen").write_text(note(ENTRIES[:200]))
    (tmp_path / "seen-all").write_text(note(ENTRIES))

    def verify(mode, folder, *seen):
        """Exit code and what was said, of a copy checked against what was seen before."""
        trusted = [word for each in seen for word in ("--trusted", str(tmp_path / each))]
        words = ["audit", "verify", f"--{mode}", str(folder), "--keys", str(tmp_path / "keys"), *trusted]
        done = CliRunner().invoke(hamrong, words)
        return done.exit_code, done.output

    return verify


@pytest.mark.parametrize("mode", ["export", "tiles"])
def test_an_untouched_copy_is_intact_and_without_a_trusted_checkpoint_unanchored(run, tmp_path, mode):
    write(tmp_path / "copy", ENTRIES)
    code, told = run(mode, tmp_path / "copy")
    assert (code, "UNANCHORED" in told) == (0, True)
    code, told = run(mode, tmp_path / "copy", "seen", "seen-all")
    assert (code, "UNANCHORED" in told) == (0, False)


def swapped():
    found = list(ENTRIES)
    found[40], found[41] = found[41], found[40]
    return found


SIGNED_ANEW = {
    "payload and everything above it": ([*ENTRIES[:40], entry(40, "forged"), *ENTRIES[41:]], ("seen",), "fork"),
    "removed in the middle": ([*ENTRIES[:40], *ENTRIES[41:]], ("seen",), "fork"),
    "removed at the end": (ENTRIES[:-1], ("seen-all",), "rollback"),
    "two swapped": (swapped(), ("seen",), "fork"),
    "put in": ([*ENTRIES[:40], entry(7, "forged"), *ENTRIES[40:]], ("seen",), "fork"),
    "restored from a copy": (ENTRIES[:150], ("seen",), "rollback"),
    "same size, other root": ([*ENTRIES[:-1], entry(1, "forged")], ("seen-all",), "fork"),
    "rolled back to nothing": ([], ("seen",), "rollback"),
    "only the second of two that were kept": ([*ENTRIES[:250], entry(1), *ENTRIES[251:]], ("seen", "seen-all"), "fork"),
}


@pytest.mark.parametrize("mode", ["export", "tiles"])
@pytest.mark.parametrize("name", SIGNED_ANEW)
def test_whoever_has_the_logs_key_is_found_by_what_was_seen_before(run, tmp_path, mode, name):
    entries, seen, kind = SIGNED_ANEW[name]
    write(tmp_path / "copy", entries)
    assert run(mode, tmp_path / "copy")[0] == 0, "UNANCHORED cannot see it"
    code, told = run(mode, tmp_path / "copy", *seen)
    assert (code, f"TAMPERED {kind}" in told) == (1, True), told


def test_whoever_lacks_the_logs_key_is_found_by_it(run, tmp_path):
    cases = [("another", None, None, "signature"), ("log", bytes(32), None, "root")]
    for mode in ("export", "tiles"):
        for key, root, size, kind in cases:
            write(tmp_path / "copy", ENTRIES, key, root, size)
            code, told = run(mode, tmp_path / "copy")
            assert (code, f"TAMPERED {kind}" in told) == (1, True), told
    other = notes.key_of("elsewhere.example/audit", notes.ED25519, seed("log"))
    write(tmp_path / "copy", ENTRIES)
    (tmp_path / "keys").write_text(str(other))
    assert "TAMPERED unknown-key" in run("export", tmp_path / "copy")[1]


def test_a_part_that_was_changed_alone_is_named(run, tmp_path):
    folder = write(tmp_path / "copy", ENTRIES)
    bundle = folder / "tile/entries/000"
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(entry(40), entry(40, "stay.lost")))
    assert "TAMPERED tile" in run("export", folder)[1]
    assert run("tiles", folder)[0] == 0, "which reads no entries"
    bundle.write_bytes(whole)
    for path in ("tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"):
        content = (folder / path).read_bytes()
        (folder / path).write_bytes(content[:-1])
        assert [run(mode, folder)[0] for mode in ("export", "tiles")] == [1, 1], path
        (folder / path).unlink()
        for mode in ("export", "tiles"):
            code, told = run(mode, folder)
            assert (code, told.startswith("TAMPERED missing: "), path in told) == (1, True, True), (path, told)
        (folder / path).write_bytes(content)


@pytest.mark.parametrize("mode", ["export", "tiles"])
def test_no_flipped_bit_of_what_is_read_goes_unseen(run, tmp_path, mode):
    """Everything in a copy is covered in `--export`; `--tiles` reads no entries, and says so."""
    folder, chance = write(tmp_path / "copy", ENTRIES), Random(85)
    files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    read = [each for each in files if mode == "export" or "entries" not in each.parts]
    for turn in range(FLIPS):
        file = read[turn % len(read)]
        content = file.read_bytes()
        at, bit = chance.randrange(len(content)), chance.randrange(8)
        file.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
        assert run(mode, folder)[0] in (1, 2), (file, at, bit)
        file.write_bytes(content)
    assert run(mode, folder)[0] == 0


def test_two_copies_are_told_apart(tmp_path):
    def diff(*folders):
        done = CliRunner().invoke(hamrong, ["audit", "diff", *map(str, folders)])
        return done.exit_code, done.output

    one, other = write(tmp_path / "1", ENTRIES), write(tmp_path / "2", swapped())
    assert diff(one, one)[0] == 0
    assert diff(one, other) == (1, "they part at entry 40\n")
    assert diff(one, write(tmp_path / "3", ENTRIES[:-1]))[0] == 1
    code, told = diff(one, tmp_path / "nothing")
    assert code == 2 and told.endswith("nothing/checkpoint: No such file or directory\n")
    assert CliRunner().invoke(hamrong, ["audit", "diff", str(one)]).exit_code == 3


def test_wrong_usage_has_a_code_of_its_own(run, tmp_path):
    folder = str(write(tmp_path / "copy", ENTRIES))
    for words in (["--export", folder], ["--tiles", folder], ["--db", "--tiles", folder], ["--export"]):
        assert CliRunner().invoke(hamrong, ["audit", "verify", *words]).exit_code == 3, words
    assert CliRunner().invoke(hamrong, ["audit", "verfy"]).exit_code == 3
    assert run("tiles", "http://127.0.0.1:9/audit")[0] == 2


def test_published_hashes_are_fetched_from_their_address(run, tmp_path):
    folder = write(tmp_path / "copy", ENTRIES)
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        code, told = run("tiles", f"http://127.0.0.1:{server.server_port}/", "seen")
        (folder / "tile/0/001.p/44").unlink()
        gone = run("tiles", f"http://127.0.0.1:{server.server_port}", "seen")
        server.shutdown()
    assert (code, "300 hashes" in told) == (0, True), told
    assert gone[0] == 1 and "TAMPERED missing" in gone[1] and "tile/0/001.p/44 belongs to the 300" in gone[1], gone


def test_how_much_is_fetched_is_told_by_the_log_alone(run, tmp_path):
    """A checkpoint of nobody could speak of more tiles than anybody can fetch."""
    put(tmp_path / "copy/checkpoint", note(ENTRIES, "another", size=10**12).encode())
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "copy"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        code, told = run("tiles", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert (code, "TAMPERED signature" in told) == (1, True), told


@pytest.mark.parametrize("keys", ["<!doctype html>", "{}", "", "hamrong.example/38/audit+00000000+AAAA"])
def test_a_file_that_is_no_keys_is_said_to_be_none(run, tmp_path, keys):
    write(tmp_path / "copy", ENTRIES)
    (tmp_path / "keys").write_text(keys)
    for where in (tmp_path / "copy", "http://127.0.0.1:9/audit"):
        code, told = run("tiles", where)
        assert code in (1, 2) and "Error" not in told and "unpack" not in told, told
