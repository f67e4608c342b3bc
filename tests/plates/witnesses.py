"""Local witnesses, each the real program in a folder of its own, serving on a port of this machine."""

import socket
import tempfile
import threading
from pathlib import Path

from hamrong.audit import witness_folder
from hamrong.audit.witnesses import Known
from hamrong.kernel.proofs import notes
from tests.signer import KEYS, ORIGIN

LOG_KEY = notes.key_of(f"{ORIGIN}/plates", notes.ED25519, KEYS["log.plates"])


def a_witness(name: str, *, outside: bool = False, clock=None) -> Known:
    """A witness that runs until the tests end."""
    folder = Path(tempfile.mkdtemp(prefix="hamrong-witness-"))
    witness_folder.make(folder, name)
    witness_folder.know(folder, str(LOG_KEY))
    store = witness_folder.Store(folder, clock) if clock else witness_folder.Store(folder)
    server = witness_folder.server(store, socket.create_server(("127.0.0.1", 0)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    vkey, value = store.public()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    return Known(notes.read_key(vkey), bytes.fromhex(value), outside, url)
