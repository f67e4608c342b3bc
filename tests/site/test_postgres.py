"""The embedded server's life: made, started, stopped, killed, found again."""

import os
import shutil
import socket
import subprocess
import sys
import time

import psycopg
import pytest

from hamrong.site.postgres import ADMIN, Cluster, PostgresProblem, find_binaries

PASSWORDS = {ADMIN: "p@ss/word"}


@pytest.fixture
def own(open_folder):
    """A durable cluster (fsync on) of this test alone."""
    cluster = Cluster(open_folder / "pg", PASSWORDS)
    yield cluster
    cluster.stop()


def value(cluster, query="SELECT n FROM kept", **kwargs):
    with psycopg.connect(cluster.url(database="postgres"), **kwargs) as connection:
        return connection.execute(query).fetchone()[0]


def keep(cluster, number):
    with psycopg.connect(cluster.url(database="postgres")) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def test_a_stopped_cluster_keeps_its_data_and_leaves_no_process(own):
    own.start()
    keep(own, 7)
    pid = own.running()
    own.stop()
    assert own.running() is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    own.start()
    assert value(own) == 7


def test_what_was_committed_survives_a_kill(own):
    own.start()
    keep(own, 8)
    own.kill9()
    own.start()
    assert value(own) == 8
    assert value(own, "SHOW fsync") == "on"


def test_text_is_ordered_by_bytes_and_stored_as_utf8(own):
    own.start()
    assert value(own, "SELECT string_agg(c, '' ORDER BY c) FROM (VALUES ('b'), ('B'), ('đ'), ('a')) AS t(c)") == "Babđ"
    assert value(own, "SHOW server_encoding") == "UTF8"


def test_the_server_listens_on_no_network_unless_asked(own):
    own.start()
    assert value(own, "SHOW listen_addresses") == ""


def test_a_port_opens_tcp_on_this_machine_only(own):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        own.port = probe.getsockname()[1]
    own.start()
    with psycopg.connect(own.tcp_url(database="postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)


def test_a_wrong_password_is_refused(own):
    own.start()
    with pytest.raises(psycopg.OperationalError, match="password"):
        value(own, password="wrong")


def test_a_second_start_says_who_has_the_database(own):
    own.start()
    with pytest.raises(PostgresProblem, match=f"in use by process {os.getpid()}"):
        Cluster(own.folder, PASSWORDS).start()
    assert value(own, "SELECT 1") == 1


def test_a_lock_file_of_a_process_id_that_now_is_another_program_is_no_obstacle(own):
    own.start()
    keep(own, 9)
    own.kill9()
    file = own.data / "postmaster.pid"
    lines = file.read_text(encoding="ascii").split("\n")
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]), encoding="ascii")
    own.start()
    assert value(own) == 9


def test_a_path_too_long_for_a_socket_gets_a_short_one(open_folder):
    cluster = Cluster(open_folder / ("x" * 60) / ("y" * 60) / "pg", PASSWORDS)
    try:
        cluster.start()
        assert value(cluster, "SELECT 1") == 1
    finally:
        cluster.stop()
        shutil.rmtree(cluster.socket)


def test_a_closed_folder_is_no_obstacle(open_folder):
    """As root the server is another user: the data go to an open place, which the folder remembers."""
    open_folder.chmod(0o700)
    cluster = Cluster(open_folder / "pg", PASSWORDS)
    try:
        cluster.start()
        keep(cluster, 10)
        cluster.stop()
        again = Cluster(open_folder / "pg", PASSWORDS)
        assert again.data.is_relative_to(open_folder) == (os.geteuid() != 0)
        again.start()
        assert value(again) == 10
        again.stop()
    finally:
        cluster.stop()
        shutil.rmtree(cluster.home)
        open_folder.mkdir(exist_ok=True)


def test_binaries_in_a_closed_folder_are_no_obstacle(open_folder, own, monkeypatch):
    """As when root keeps the Python environment at home."""
    closed = open_folder / "closed"
    install = find_binaries().folder.parent
    for part in install.parent.parent.glob(f"{install.parent.name}*"):  # with the libraries beside it
        shutil.copytree(part, closed / part.name, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.setenv("PATH", str(closed / install.parent.name / install.name / "bin"))
    monkeypatch.setattr(sys, "path", [])  # the wheel is out of sight
    own.start()
    assert value(own, "SELECT 1") == 1


def test_the_server_ends_with_a_process_that_was_killed(open_folder):
    program = f"""if True:
        import time, pathlib
        from hamrong.site.postgres import Cluster
        Cluster(pathlib.Path({str(open_folder / "pg")!r}), {PASSWORDS!r}).start()
        print("up", flush=True)
        time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"up\n"
        cluster = Cluster(open_folder / "pg", PASSWORDS)
        assert cluster.running() is not None
        holder.kill()
    until = time.monotonic() + 20
    while cluster.running() is not None and time.monotonic() < until:
        time.sleep(0.05)
    assert cluster.running() is None
    cluster.start()
    cluster.stop()


def test_the_binaries_are_new_enough():
    assert find_binaries().version >= 16


def test_old_binaries_on_the_path_are_named(tmp_path, monkeypatch):
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18'\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(PostgresProblem, match=r"no PostgreSQL 16 or newer .*has 15"):
        find_binaries()
