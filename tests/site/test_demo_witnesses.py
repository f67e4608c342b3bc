"""The demo's witnesses serve where the installation was told that they do."""

import json
import os
import socket
import subprocess

import httpx
import pytest

from hamrong.site import demo_witnesses, environment


@pytest.fixture
def env(tmp_path):
    kept = {name: os.environ[name] for name in os.environ if not name.startswith(("DATABASE_", "DJANGO_", "HAMRONG_"))}
    return environment.read({**kept, "VAR": str(tmp_path)})


def test_they_serve_where_it_was_told_and_again_after_a_death(env):
    command, doors = demo_witnesses.prepare(env)
    told = [each["url"] for each in json.loads(env.witnesses_file.read_text("utf-8"))]
    assert told == [f"http://127.0.0.1:{door.getsockname()[1]}" for door in doors]
    for _ in range(2):
        served = subprocess.Popen(command, stdout=subprocess.DEVNULL, pass_fds=[door.fileno() for door in doors])
        try:
            for url in told:  # it waits at the open door until the program is up
                assert httpx.post(f"{url}/elsewhere", content=b"x", timeout=60).status_code == 404
        finally:
            served.kill()
            served.wait()
    for door in doors:
        door.close()


def test_a_witness_whose_port_is_taken_says_so_in_words(env):
    demo_witnesses.prepare(env)
    with socket.create_server(("127.0.0.1", 0)) as other:
        folder = env.var / "witnesses" / demo_witnesses.NAMES[0]
        port = str(other.getsockname()[1])
        asked = [*demo_witnesses.COMMAND, "--port", port, str(folder)]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == f"Error: 127.0.0.1:{port}: Address already in use; --port names another\n"
