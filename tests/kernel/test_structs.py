"""Threads that first read into one type at once, in a process of their own: without care it is gone."""

import subprocess
import sys

RACE = """if True:
    import sys, threading
    from msgspec import convert, defstruct
    from hamrong.kernel.structs import make_ready

    sys.setswitchinterval(1e-6)
    for _ in range(60):
        kind = defstruct("Innermost", [("a", int)])
        for _ in range(6):
            kind = defstruct("Around", [("a", dict[str, kind]), ("b", kind | None), ("c", list[kind])])
        defstruct("OnlyWritten", [("a", threading.Thread | int | str | bytes)])
        make_ready()
        together = threading.Barrier(6)

        def read(kind=kind, together=together):
            together.wait()
            convert({"a": {}, "b": None, "c": []}, kind)

        threads = [threading.Thread(target=read) for _ in range(6)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    print("whole")
"""


def test_threads_that_first_read_into_a_type_at_once_leave_the_process_whole():
    done = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "whole\n"), done.stderr
