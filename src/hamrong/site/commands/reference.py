"""`hamrong reference`: the lists of `docs/reference.md`."""

import click

from hamrong.site import boot


@click.command()
def reference() -> None:
    """Print roles, acts, rules of law, commands, database functions and addresses as Markdown for docs/reference.md."""
    with boot.application() as load:
        click.echo(load("hamrong.site.reference.reference")(), nl=False)
