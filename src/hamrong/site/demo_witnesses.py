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


def prepare(env: Environment) -> list[str]:
    """Make them where they are missing, tell the installation of them, and answer the command that serves them."""
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
    port = _free_ports(len(folders))
    _tell(env.witnesses_file, folders, port)
    return [sys.executable, "-m", "hamrong.site.cli", "witness", "serve", "--port", str(port), *map(str, folders)]


def _tell(file: Path, folders: list[Path], port: int) -> None:
    told = []
    for place, folder in enumerate(folders):
        vkey, value = witness_folder.Store(folder).public()
        told.append({"vkey": vkey, "vrf": value, "outside": False, "url": f"http://127.0.0.1:{port + place}"})
    file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def _free_ports(count: int) -> int:
    """The first of so many neighbouring ports that are free now."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first: int = probe.getsockname()[1]
        if first + count < 65_536 and all(_is_free(first + place) for place in range(count)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
