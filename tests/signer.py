"""The real signer, over its socket, with keys of the run: one for each worker, because logs outlive tests."""

import atexit
import hashlib
import shutil
import tempfile
import threading
from functools import cache
from pathlib import Path

from hamrong.audit.signer import Signer, serve
from hamrong.audit.signing import Signing, SigningProblem

NAMES = ("log.audit", "log.plates", "sign.plates-receipts", "vrf.plates-draw", "vrf.plates-vehicle")
KEYS = {name: hashlib.sha256(name.encode()).digest() for name in NAMES}
ORIGIN = "hamrong.example/38"


@cache
def folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="hamrong-signer-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def signing() -> Signing:
    """A client of the signer of this process."""
    (folder() / "state").mkdir()
    return serving(Signer(KEYS, folder() / "state", ORIGIN), folder() / "socket")


def serving(signer: Signer, path: Path) -> Signing:
    """A client of a signer that is served from now on, once it answers."""
    threading.Thread(target=serve, args=(signer, path), daemon=True).start()
    client = Signing(path)
    while True:
        try:
            client.public()
        except SigningProblem:
            threading.Event().wait(0.01)
        else:
            return client
