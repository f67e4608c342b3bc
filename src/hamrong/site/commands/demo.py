"""`hamrong demo`: the invented province."""

import click

from hamrong.site import boot, database, migration


@click.command()
@click.option("--scale", type=click.Choice(["small", "province"]), default="small", show_default=True, help="How much.")
@click.option("--sign-ins", is_flag=True, help="Load nothing, only print how to sign in.")
def demo(scale: str, sign_ins: bool) -> None:
    """Load the demo province, in which nothing is a real person, and print how to sign in.

    Makes the tables first where there are none. It may run beside `hamrong up`; a second run adds nothing twice.
    """
    # Whoever begins with a large demo has no tables yet.
    with boot.usable(), database.ready(boot.environment()) as access:
        if access.owner and not sign_ins:
            migration.migrate(access, quiet=True)
        with boot.application() as load:
            if not sign_ins:
                load("hamrong.site.demo.load")(scale, click.echo)
            click.echo(load("hamrong.site.demo.sign_ins")())
