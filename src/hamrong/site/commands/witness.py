"""`hamrong witness`: a witness of the public logs, on a machine of the inspectorate or of others; needs no database."""

import os
import socket
import threading
from pathlib import Path

import click

from hamrong.audit import witness_folder
from hamrong.kernel.proofs.notes import BadNote

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


class Problem(click.ClickException):
    """What was asked cannot be done: exit code 1."""


@click.group()
def witness() -> None:
    """Cosign checkpoints of logs that continue what was seen before, and keep them all."""


@witness.command()
@FOLDER
@click.option("--name", required=True, help="Whose witness it is, such as thanh-tra.thanhhoa.example.")
def init(folder: Path, name: str) -> None:
    """Make a witness with new keys in FOLDER, and print its public keys for whoever runs the logs."""
    try:
        witness_folder.make(folder, name)
    except witness_folder.NoWitness as problem:
        raise Problem(str(problem)) from problem
    _tell(folder)


@witness.command()
@FOLDER
@click.argument("vkey")
def know(folder: Path, vkey: str) -> None:
    """Let the witness in FOLDER know a log by its verifier key, as the installation publishes it."""
    try:
        key = witness_folder.know(folder, vkey)
    except BadNote as problem:
        raise Problem(str(problem)) from problem
    click.echo(f"knows {key.name}")


@witness.command()
@FOLDER
def show(folder: Path) -> None:
    """Print the witness's public keys, and the last checkpoint that it has seen of each log."""
    store = _tell(folder)
    for origin in store.who.logs:
        click.echo(f"\n{store.last(origin) or f'{origin}: nothing seen yet'}")


@witness.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", default=8010, show_default=True, help="Of the first folder; the others take the ports after it."
)
@click.option("--handed", multiple=True, type=int, hidden=True, help="Listening sockets of whoever started this.")
def serve(folders: tuple[Path, ...], host: str, port: int, handed: tuple[int, ...]) -> None:
    """Answer `POST /add-checkpoint` (C2SP tlog-witness) and `POST /value` until told to end."""
    servers = []
    for place, folder in enumerate(folders):
        door = socket.socket(fileno=handed[place]) if handed else _listening(host, port + place)
        servers.append(witness_folder.server(_opened(folder), door))
        click.echo(f"{folder.name} witnesses at http://{door.getsockname()[0]}:{door.getsockname()[1]}")
    *others, last = servers
    for server in others:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    last.serve_forever()


@witness.command()
@FOLDER
@click.argument("carried", type=click.Path(path_type=Path, file_okay=False, exists=True))
def usb(folder: Path, carried: Path) -> None:
    """Cosign the requests (`*.request`) in a folder that was carried here; the answers are put beside them.

    Exit code 1 when one was refused; the reason is in `<name>.refused`.
    """
    store, refused = _opened(folder), 0
    for request in sorted(carried.glob("*.request")):
        answer = store.add(request.read_text("utf-8"))
        ending = ".cosignature" if answer.status == 200 else ".refused"
        request.with_suffix(ending).write_text(answer.body, "utf-8")
        refused += answer.status != 200
        click.echo(f"{request.name}: {'cosigned' if answer.status == 200 else answer.body.strip()}")
    if not any(carried.glob("*.request")):
        click.echo(f"no requests in {carried}: there is nothing to cosign")
    if refused:
        raise SystemExit(1)


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as problem:
        raise Problem(f"{host}:{port}: {os.strerror(problem.errno or 0)}; --port names another") from problem


def _opened(folder: Path) -> witness_folder.Store:
    try:
        return witness_folder.Store(folder)
    except (witness_folder.NoWitness, BadNote) as problem:
        raise Problem(str(problem)) from problem


def _tell(folder: Path) -> witness_folder.Store:
    store = _opened(folder)
    vkey, value = store.public()
    click.echo(f"vkey {vkey}\nvrf  {value}")
    return store
