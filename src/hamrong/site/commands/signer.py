"""`hamrong signer`: the process that holds the keys of logs, receipts and draws."""

import click

from hamrong.audit.signer import Signer, serve
from hamrong.site import boot
from hamrong.site import keys as installation


@click.command()
def signer() -> None:
    """Answer requests to sign and to prove, on a socket in the signer's folder, until told to end.

    It signs only what extends what it has signed. In production it runs as another user than the web server.
    """
    with boot.usable():
        env = boot.environment()
        folder = env.signer_folder
        if env.demo:
            installation.make_signer(folder / "keys", demo=True)
        keys = installation.load_signer(folder / "keys", demo=env.demo)
    state = folder / "state"
    state.mkdir(exist_ok=True, mode=0o700)
    serve(Signer(keys, state, f"{env.origin}/{env.province}"), folder / "socket")
