"""`hamrong messages`: find, compile and check the words people see."""

import click

from hamrong.site.messages import compile_all, missing
from hamrong.site.messages import extract as extract_all

PROBLEMS_FOUND = 1


@click.group()
def messages() -> None:
    """Find, compile and check the texts people see."""


@messages.command()
@click.argument("rooms", nargs=-1)
def extract(rooms: tuple[str, ...]) -> None:
    """Bring the English catalogue of ROOMS (default: of all) up to date with code and templates."""
    for room, count in extract_all(only=rooms).items():
        click.echo(f"{room}: {count}")


@messages.command("compile")
def compile_() -> None:
    """Compile the English catalogues (they are not kept in the repository)."""
    for file in compile_all():
        click.echo(str(file))


@messages.command()
@click.argument("rooms", nargs=-1)
def check(rooms: tuple[str, ...]) -> None:
    """List what has no complete English in ROOMS (default: in all); exit code 1 where there is any."""
    problems = [problem for problem in missing() if not rooms or problem.room in rooms]
    for problem in problems:
        click.echo(f"{problem.room}: {problem.problem}: {problem.message}")
    click.echo(f"{len(problems)} problems")
    if problems:
        raise SystemExit(PROBLEMS_FOUND)
