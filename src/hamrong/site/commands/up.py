"""`hamrong up`: the whole site in one terminal."""

import click

from hamrong.site import boot, supervisor
from hamrong.site.cli import Unusable


@click.command()
def up() -> None:
    """Start everything and serve until Ctrl-C.

    Starts the embedded PostgreSQL (or uses DATABASE_URL), migrates, makes roles, keys and the demo, serves.
    """
    with boot.usable():
        env = boot.environment()
        try:
            supervisor.up(env, click.echo)
        except supervisor.StartProblem as error:
            raise Unusable(str(error)) from error
