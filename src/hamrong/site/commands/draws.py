"""`hamrong draws`: the pre-registered statistical audit over the export of an older system, without a database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn, cast

import click
import msgspec

from hamrong.plates import numbers
from hamrong.plates.fairness import older, telling
from hamrong.plates.fairness.report import report
from hamrong.plates.fairness.words import Language, words
from hamrong.site import boot
from hamrong.site.commands.audit import CANNOT_TELL, Verifies, WrongUsage

ASKS = 1
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def draws() -> None:
    """Draws of number plates: whether the numbers of any system are what chance gives."""


@draws.command(
    cls=Verifies,
    epilog="Exit codes: 0 nothing to ask; 1 questions for a human; 2 cannot tell; 3 wrong usage.",
)
@click.argument("file", type=FILE)
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME",
              help="What a column is called: number, at, office or clerk. Usual headings are known.")  # fmt: skip
@click.option("--pool", type=FILE, help="What remained before the first draw: a file of numbers, as pools publish it.")
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Language of the report."
)
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
def audit(file: Path, columns: tuple[str, ...], pool: Path | None, lang: str, as_json: bool) -> None:
    """Read FILE, a CSV or a workbook with a line a draw, and make the same report as for our own draws.

    The tests were fixed beforehand. A question is not an accusation: it asks a person to look.
    """
    language = cast(Language, lang)
    try:
        opening = numbers.read(pool.read_bytes()) if pool else None
        read = older.read(file.read_bytes(), named=_named(columns), pool=file.stem, opening=opening)
    except older.Unusable as problem:
        _cannot_tell(problem.en if language == "en" else problem.vi)
    except numbers.BadFile as problem:
        _cannot_tell(f"{pool}: {problem}")
    found = report(read.draws)
    if as_json:
        click.echo(msgspec.json.encode({"report": found, "read": read}))
    else:
        for line in (*_about(read, language), "", *telling.lines(found, language)):
            click.echo(line)
    if not found.results:
        raise SystemExit(CANNOT_TELL)
    if found.questions or read.counts.get("twice") or read.counts.get("outside"):
        raise SystemExit(ASKS)


@draws.command()
def publish() -> None:
    """Make the public report on our own draws now, as a job does every night."""
    with boot.application() as load:
        count = load("hamrong.plates.jobs.judge_now")()
    click.echo(f"{count} draws")


def _named(columns: tuple[str, ...]) -> dict[older.Field, str]:
    named: dict[Any, str] = {}
    for told in columns:
        name, equals, heading = told.partition("=")
        if not equals or name not in older.HEADINGS or not heading.strip():
            raise WrongUsage(f"--column {told}: write FIELD=NAME, FIELD one of {', '.join(older.HEADINGS)}")
        named[name] = heading
    return named


def _about(read: older.Read, language: Language) -> Iterator[str]:
    """What was read and in which order, what had to be assumed, and which lines were left out."""
    said = words().older
    headings = ", ".join(f"{name} = {heading}" for name, heading in read.columns.items())
    yield said.columns.told(language, columns=headings)
    yield said.order[read.sorted_by].told(language)
    if read.assumed:
        yield said.assumed.told(language, series=", ".join(read.assumed))
    for why, count in read.counts.items():
        yield said.left_out[why].told(language, count=count)
    yield from (f"- {said.line.told(language, line=each.line)}: {each.text}" for each in read.problems)


def _cannot_tell(why: str) -> NoReturn:
    click.echo(why, err=True)
    raise SystemExit(CANNOT_TELL)
