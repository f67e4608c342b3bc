"""Fetching a published log as a stranger: all of it, what is new the next time, and what is not there by name."""

import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hamrong.kernel.proofs import hamrong_fetch, hamrong_replay, hamrong_verify
from tests.plates.logs import a_log, put


@contextmanager
def served(folder):
    """The address at which a folder is handed out, as a web server of files does."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def log(tmp_path):
    a_log().write(tmp_path / "site/log")
    return tmp_path / "site/log"


def fetch(tmp_path, name="log"):
    with served(tmp_path / "site") as address:
        return hamrong_fetch.main([f"{address}/{name}/", str(tmp_path / "copy")])


def test_a_whole_log_is_fetched_and_can_be_replayed(log, tmp_path, capsys):
    assert fetch(tmp_path) == 0
    assert capsys.readouterr().out.startswith("34 entries of hamrong.example/38/plates in ")
    given = ["plates", str(tmp_path / "copy"), "--keys", str(log / "keys.json")]
    assert hamrong_replay.main(given, does={"plates": hamrong_replay.check_plates}) == 0


def test_what_is_there_is_not_fetched_again_and_the_checkpoint_is(log, tmp_path):
    fetch(tmp_path)
    for name in ("tile/entries/000.p/34", "checkpoint"):
        put(tmp_path / "copy" / name, b"kept")
    assert fetch(tmp_path) == 2, "what was kept is no bundle"
    assert (tmp_path / "copy/tile/entries/000.p/34").read_bytes() == b"kept"
    assert (tmp_path / "copy/checkpoint").read_bytes() == (log / "checkpoint").read_bytes()


def test_of_a_log_without_public_entries_the_hashes_are_fetched(log, tmp_path, capsys):
    shutil.rmtree(log / "tile/entries")
    assert fetch(tmp_path) == 0
    assert capsys.readouterr().out.startswith("34 hashes, without their entries of ")
    assert hamrong_verify.main(["tiles", str(tmp_path / "copy"), "--keys", str(log / "keys.json")]) == 0


def test_what_the_address_lacks_is_named(log, tmp_path, capsys):
    name = next((log / "files").iterdir())
    name.unlink()
    (log / "tile/0/000.p/34").unlink()
    assert fetch(tmp_path) == 1
    assert "NOT THERE tile/0/000.p/34" in capsys.readouterr().out
    put(log / "tile/0/000.p/34", b"")
    assert fetch(tmp_path) == 1
    assert f"NOT THERE files/{name.name}" in capsys.readouterr().out


def test_where_no_log_is_nothing_is_fetched(log, tmp_path, capsys):
    put(tmp_path / "site/page/checkpoint", b"<!doctype html>")
    put(tmp_path / "site/much/checkpoint", (log / "checkpoint").read_bytes().replace(b"\n34\n", b"\n34000000000\n"))
    assert [fetch(tmp_path, name) for name in ("nothing", "page", "much")] == [2, 2, 2]
    assert hamrong_fetch.main(["http://127.0.0.1:9/log", str(tmp_path / "copy")]) == 2
    assert capsys.readouterr().out.count("cannot fetch") == 4
    with pytest.raises(SystemExit, match="3"):
        hamrong_fetch.main([])
