"""A child process that must not outlive us is put on a leash, which pulls even when we are killed without warning."""

import subprocess
from typing import Final

# The reader waits for the end of its standard input, which comes when the last holder of the other end is gone.
WATCH: Final = 'while read -r line; do :; done; kill -s "$1" "$2" 2>/dev/null || exit 0'
# A web server or worker whose database ended first may wait for it; its whole group is ended.
INSIST: Final = '; sleep 5; kill -s KILL -- "-$2" 2>/dev/null'


def leash(pid: int, sign: int, *, insist: bool = False) -> subprocess.Popen[bytes]:
    """Send `sign` to process `pid` when this process ends in whatever way; `kill()` the answer to let go.

    With `insist` the process, which must lead a group of its own, is killed with its group five seconds later.
    """
    return subprocess.Popen(
        ["/bin/sh", "-c", WATCH + (INSIST if insist else ""), "leash", str(sign), str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        close_fds=True,
    )
