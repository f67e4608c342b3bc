"""`hamrong demo`: the invented province."""

import click

from hamrong.site import boot


@click.command()
@click.option("--scale", type=click.Choice(["small", "province"]), default="small", show_default=True, help="How much.")
@click.option("--if-empty", is_flag=True, help="Do nothing when there is an establishment already.")
@click.option("--sign-ins", is_flag=True, help="Only print how to sign in.")
def demo(scale: str, if_empty: bool, sign_ins: bool) -> None:
    """Load the demo province, in which nothing is a real person, and print how to sign in."""
    with boot.application() as load:
        if not sign_ins and not (if_empty and load("hamrong.site.demo.is_loaded")()):
            load("hamrong.site.demo.load")(scale, click.echo)
        if sign_ins or not if_empty:
            click.echo(load("hamrong.site.demo.sign_ins")())
