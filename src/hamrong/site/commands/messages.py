"""`hamrong messages`: find, compile and check the words people see."""

import click

from hamrong.site.messages import compile_all, missing
from hamrong.site.messages import extract as extract_all

PROBLEMS_FOUND = 1


@click.group()
def messages() -> None:
    """Find, compile and check the texts people see."""


@messages.command()
def extract() -> None:
    """Bring each room's English catalogue up to date with its code and templates."""
    for room, count in extract_all().items():
        click.echo(f"{room}: {count}")


@messages.command("compile")
def compile_() -> None:
    """Compile the English catalogues (they are not kept in the repository)."""
    for file in compile_all():
        click.echo(str(file))


@messages.command()
def check() -> None:
    """List what has no complete English; exit code 1 where there is any."""
    problems = missing()
    for problem in problems:
        click.echo(f"{problem.room}: {problem.problem}: {problem.message}")
    click.echo(f"{len(problems)} problems")
    if problems:
        raise SystemExit(PROBLEMS_FOUND)
