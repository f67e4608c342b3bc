"""`hamrong keys`: keys of establishments' software, and the keys of this installation itself."""

import getpass

import click

from hamrong.site import boot
from hamrong.site import keys as installation

WORK = "hamrong.site.commandline"


@click.group()
def keys() -> None:
    """Issue, list and revoke keys of establishments' software; make this installation's own keys."""


@keys.command()
@click.option("--establishment", required=True, metavar="CODE", help="Whose software gets the key, such as SS-0001.")
@click.option("--label", default="", help="What the software is called.")
def issue(establishment: str, label: str) -> None:
    """Print a new key on standard output, and nothing else there: it is shown this once."""
    with boot.application() as load:
        answer = load(f"{WORK}.issue_key")(establishment, label, getpass.getuser())
    if isinstance(answer, str):
        click.echo(answer, err=True)
        raise SystemExit(1)
    shown, ends = answer
    click.echo(shown)
    click.echo(f"key for {establishment}, good until {ends}; hand it over now, it cannot be shown again", err=True)


@keys.command(name="list")
@click.option("--establishment", default="", metavar="CODE", help="Only keys of this establishment.")
def list_keys(establishment: str) -> None:
    """Print every key's public part, its establishment, state, and last use."""
    with boot.application() as load:
        for line in load(f"{WORK}.key_lines")(establishment):
            click.echo(line)


@keys.command()
@click.argument("key", metavar="ID")
def revoke(key: str) -> None:
    """End a key at once; exit code 1 where there is no such live key."""
    with boot.application() as load:
        problem = load(f"{WORK}.revoke_key")(key, getpass.getuser())
    if problem:
        click.echo(problem, err=True)
        raise SystemExit(1)
    click.echo(f"{key} is revoked")


@keys.command()
def make() -> None:
    """Make the keys that this installation lacks (sealing, signing, sessions); those that are there stay."""
    with boot.usable():
        env = boot.environment()
        made = installation.make(env.keys_folder, demo=env.demo)
    click.echo(f"made in {env.keys_folder}: {', '.join(made) or 'nothing, all are there'}")
