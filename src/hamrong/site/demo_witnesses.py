"""Two witnesses for the demo, on this machine: real programs, but nobody who is independent runs them."""

import json
import socket
import sys
from pathlib import Path
from typing import Final

from hamrong.audit import witness_folder
from hamrong.kernel.proofs import notes
from hamrong.site import keys
from hamrong.site.environment import Environment

NAMES: Final = ("thanh-tra.demo", "hdnd-tinh.demo")
COMMAND: Final = (sys.executable, "-m", "hamrong.site.cli", "witness", "serve")


def prepare(env: Environment) -> tuple[list[str], list[socket.socket]]:
    """Make them where they are missing and tell the installation of them; the command that serves them, and on what.

    The sockets are opened here and handed over, so that nobody takes a port between its choice and the first serving,
    nor while a witness that died is started again.
    """
    keys.make_signer(env.signer_folder / "keys", demo=True)
    seeds = keys.load_signer(env.signer_folder / "keys", demo=True)
    folders = [env.var / "witnesses" / name for name in NAMES]
    for folder in folders:
        if not (folder / "key").exists():
            witness_folder.make(folder, folder.name)
        for name, seed in seeds.items():
            if name.startswith("log."):
                origin = f"{env.origin}/{env.province}/{name.removeprefix('log.')}"
                witness_folder.know(folder, str(notes.key_of(origin, notes.ED25519, seed)))
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in folders]
    _tell(env.witnesses_file, folders, doors)
    handed = [word for door in doors for word in ("--handed", str(door.fileno()))]
    return [*COMMAND, *handed, *map(str, folders)], doors


def _tell(file: Path, folders: list[Path], doors: list[socket.socket]) -> None:
    told = []
    for folder, door in zip(folders, doors, strict=True):
        vkey, value = witness_folder.Store(folder).public()
        told.append({"vkey": vkey, "vrf": value, "outside": False, "url": f"http://127.0.0.1:{door.getsockname()[1]}"})
    file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
