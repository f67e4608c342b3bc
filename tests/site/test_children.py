"""A child that dies is started again for as long as it takes, and no faster than does good."""

import os
import socket
import sys
import time

from hamrong.site.children import LONGEST, WINDOW, Child, Rest


def test_each_failure_makes_the_next_rest_longer_up_to_a_limit():
    rest = Rest()
    waits = [rest.after(now) for now in range(10)]
    assert waits == [0, 1, 2, 4, 8, LONGEST, LONGEST, LONGEST, LONGEST, LONGEST]


def test_what_held_for_a_while_begins_anew():
    rest = Rest()
    rest.after(0)
    assert rest.after(1) == 1
    assert rest.after(2 + WINDOW) == 0


def wait_for(child, true):
    end = time.monotonic() + 10
    while not true(child):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_child_that_always_dies_rests_and_is_never_given_up(tmp_path):
    marks = tmp_path / "marks"
    died = f"open({str(marks)!r}, 'a').write('x')"
    child = Child("a child", [sys.executable, "-c", died], os.environ)
    child.start()
    for number in range(1, 8):
        wait_for(child, lambda each: each.ended() is not None)
        assert marks.read_text() == "x" * number
        wait = child.lay_down()
        child.due -= wait  # as if it had rested
        child.wake()
    child.stop()


def test_a_child_whose_trouble_is_over_need_not_rest(tmp_path):
    child = Child("a child", [sys.executable, "-c", "pass"], os.environ)
    child.start()
    for _ in range(3):
        wait_for(child, lambda each: each.ended() is not None)
        child.lay_down()
        child.due = time.monotonic()
        child.wake()
    wait_for(child, lambda each: each.ended() is not None)
    assert child.lay_down() == 4
    child.wake()
    assert child.ended() is not None, "it rests"
    child.hurry()
    child.wake()
    assert child.due is None
    child.stop()


def test_what_a_child_serves_on_stays_open_until_it_serves_again(tmp_path):
    answer = "import socket, sys; s = socket.socket(fileno=int(sys.argv[1])); c, _ = s.accept(); c.sendall(b'here')"
    with socket.create_server(("127.0.0.1", 0)) as door:
        child = Child("a child", [sys.executable, "-c", answer, str(door.fileno())], os.environ, handed=[door])
        child.start()
        for _ in range(2):
            with socket.create_connection(door.getsockname(), timeout=10) as visitor:
                assert visitor.recv(4) == b"here"
            wait_for(child, lambda each: each.ended() is not None)
            child.lay_down()
            child.wake()
        child.stop()
