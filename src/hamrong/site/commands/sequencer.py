"""`hamrong sequencer`: gives entries their places, has logs signed, seals and draws."""

import click

from hamrong.site import boot


@click.command()
def sequencer() -> None:
    """Work until told to end; a second one waits and takes over when the first is gone."""
    with boot.application() as load:
        load("hamrong.site.sequencer.run")()
