"""`hamrong people`: letting the first people in, before there is anybody who could do it in the browser."""

import getpass
from datetime import datetime

import click

from hamrong.site import boot

WORK = "hamrong.site.commandline"


@click.group()
def people() -> None:
    """Create people, give them posts, and read the one-time codes of demo people."""


@people.command()
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Full name, as on papers.")
@click.option("--number", default="", help="Service number of an officer, such as 123-456.")
def create(username: str, full_name: str, number: str) -> None:
    """Create somebody who can sign in; prints the one-time code for choosing a password on standard output."""
    with boot.application() as load:
        answer = load(f"{WORK}.create_person")(username, full_name, number, getpass.getuser())
    if isinstance(answer, str):
        _problem(answer)
    name, code = answer
    click.echo(code)
    click.echo(f"one-time code of {name}, good for 72 hours at /accounts/enrol/; it cannot be shown again", err=True)


@people.command()
@click.argument("username")
@click.argument("service_number")
def number(username: str, service_number: str) -> None:
    """Give the service number of an officer whose account has none; posts in a unit need one."""
    with boot.application() as load:
        problem = load(f"{WORK}.number_person")(username, service_number, getpass.getuser())
    if problem:
        _problem(problem)
    click.echo(f"{username} has the service number {service_number}")


@people.command()
@click.argument("username")
@click.argument("role")
@click.option("--scope", required=True, metavar="CODE", help="Code of the unit, or of the establishment.")
@click.option("--order", required=True, help="Number and day of the order, or who gave it.")
@click.option("--from", "starts_on", type=click.DateTime(["%Y-%m-%d"]), help="First day of the post; today without it.")
def appoint(username: str, role: str, scope: str, order: str, starts_on: datetime | None) -> None:
    """Give somebody a post, such as `appoint an.nguyen accounts-admin --scope 38 --order "QĐ 1/2026"`."""
    with boot.application() as load:
        day = starts_on.date() if starts_on else None
        problem = load(f"{WORK}.appoint")(username, role, scope, order, day, getpass.getuser())
    if problem:
        _problem(problem)
    click.echo(f"{username} is {role} of {scope}")


@people.command()
@click.argument("username")
def code(username: str) -> None:
    """Print the code that a demo person's authenticator app shows now; refused outside the demo."""
    with boot.application() as load:
        shown, problem = load(f"{WORK}.demo_code")(username)
    if problem:
        _problem(problem)
    click.echo(shown)


def _problem(text: str) -> None:
    click.echo(text, err=True)
    raise SystemExit(1)
