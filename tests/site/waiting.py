"""A test that holds the server and a database until it is interrupted; `test_harness.py` runs it by itself."""

import time


def test_waits(live_server):
    time.sleep(60)
