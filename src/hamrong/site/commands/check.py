"""`hamrong check`: whether this installation may serve."""

import click

from hamrong.site import boot


@click.command()
def check() -> None:
    """Check settings, keys, database role and profile; exit code 1 when something must be changed."""
    with boot.application() as load:
        problems = load("hamrong.site.checks.refusals")()
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise SystemExit(1)
