"""`hamrong law`: the rules of law and the dates they set; needs no database and no settings."""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

import click

from hamrong.law.asking import pairs, question, written
from hamrong.law.deadlines import Deadline, compute
from hamrong.law.explaining import Step
from hamrong.law.library import rule_in, shipped
from hamrong.law.shape import LawError
from hamrong.law.telling import Telling, tellings

COLUMNS: Final = ("id", "rule", "start", "params")
MORE: Final = ""
OTHER_MARKS: Final = {";": "semicolons", "\t": "tabs"}
PROBLEMS_FOUND: Final = 1
FACT: Final = "A fact, as `law show` lists them; or ext=2, custody_days=3."
TABLE: Final = "A table id,rule,start,params (- for standard input); prints id,strict_due,legal_due."
LANGUAGE: Final = click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", help="The language of the words."
)


@click.group()
def law() -> None:
    """The rules of law, and the dates they set."""


@law.command()
@click.argument("rule")
@LANGUAGE
def show(rule: str, lang: str) -> None:
    """Print what RULE says: its versions, what they rest on, how sure that is, terms and extensions."""
    try:
        lines = list(_shown(rule, lang))
    except LawError as error:
        raise click.BadParameter(str(error), param_hint="RULE") from None
    click.echo("\n".join(lines))


def _shown(rule_id: str, lang: str) -> Iterator[str]:
    rule, words = rule_in(shipped(), rule_id), shipped().words
    yield f"{rule.id}: {rule.title.to(lang)}"
    yield f"{words.kinds[rule.kind].to(lang)} · {words.sides[rule.side].to(lang)}"
    yield f"start: {rule.trigger.to(lang)} ({rule.trigger.event})"
    for name, parameter in rule.params.items():
        values = ", ".join(f"{value} ({text.to(lang)})" for value, text in parameter.values.items())
        yield f"--param {name}=…  {parameter.title.to(lang)}: {values}"
    for told in tellings(shipped(), rule_id):
        yield ""
        yield from _version(told, lang)


def _version(told: Telling, lang: str) -> Iterator[str]:
    yield f"{told.start} – {told.end or '…'}  #{told.hash[:8]}"
    yield from (f"  § {place.to(lang)}" for place in told.basis)
    yield f"  {told.status}: {told.evidence.to(lang)} ({'; '.join(filter(None, (told.source, told.note)))})"
    for way in told.ways:
        yield f"  - {' '.join(text.to(lang) for text in way.says)}"
        yield from (f"    + {text.to(lang)}" for text in way.ladder)
    yield from (f"  ~ {text.to(lang)}" for text in told.pauses)
    yield from (f"  {text.to(lang)}" for _, text in told.says)
    yield from (f"  ! {text.to(lang)}" for text in told.cautions)


@law.command()
@click.argument("rule", required=False)
@click.option("--start", help="The day (2026-03-02) or the moment (2026-03-02T22:30, Viet Nam time) of the event.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help=FACT)
@click.option("--csv", "table", type=click.File("r", encoding="utf-8-sig"), help=TABLE)
@LANGUAGE
def due(rule: str | None, start: str | None, params: tuple[str, ...], table: TextIO | None, lang: str) -> None:
    """Print when RULE is due for an event, and why; or answer a whole table with --csv.

    Exit code 1 when the law gives no answer to a row of the table; the other rows are printed.
    """
    if table is not None:
        if rule or start or params:
            raise click.UsageError("Give either RULE with --start, or --csv.")
        sys.exit(_answer(table))
    if not rule or not start:
        raise click.UsageError("Give RULE with --start, or --csv.")
    try:
        found = _found(rule, start, pairs(";".join(params)))
    except LawError as error:
        raise click.UsageError(str(error)) from None
    strict, legal = found.written()
    click.echo(f"strict {strict}\nlegal  {legal}\n{found.law_version}")
    click.echo("\n".join(_tree(found.derivation, lang)))


def _found(rule: str, start: str, params: Mapping[str, str]) -> Deadline:
    asked = question(shipped(), rule, written(start), params)
    return compute(shipped(), rule, asked.events, asked.params, None, asked.as_of)


def _tree(steps: Iterable[Step], lang: str, depth: int = 0) -> Iterator[str]:
    for step in steps:
        yield f"{'  ' * depth}- {step.en if lang == 'en' else step.vi} [{step.citation.to(lang)}]"
        yield from _tree(step.steps, lang, depth + 1)


def _answer(table: TextIO) -> int:
    """Print a line for each row; 0, or 1 where a row is no question or the law has no answer to it."""
    rows, out, answer = _read(table), csv.writer(sys.stdout, lineterminator="\n"), 0
    lines: dict[str, int] = {}
    out.writerow(("id", "strict_due", "legal_due"))
    for line, row in rows:
        try:
            dates = _of_row(row, lines.setdefault(row["id"] or f"line {line}", line), line)
        except LawError as error:
            dates, answer = ("", ""), PROBLEMS_FOUND
            click.echo(f"line {line}, {row['id'] or 'without id'}: {error}", err=True)
        out.writerow((row["id"], *dates))
    return answer


def _of_row(row: Mapping[str, str], first: int, line: int) -> tuple[str, str]:
    if first != line:  # whoever looks answers up by their id would take one row's dates for the other's
        raise LawError(f"this id stands on line {first} already; give each row an id of its own")
    if row[MORE]:
        raise LawError(f"has more cells than the {len(COLUMNS)} columns; facts in params are parted by ; and not by ,")
    return _found(row["rule"], row["start"], pairs(row["params"])).written()


def _read(table: TextIO) -> list[tuple[int, dict[str, str]]]:
    """The rows, each with the line on which it ends; what stands beyond the columns under `MORE`."""
    try:
        rows = csv.DictReader(table, restkey=MORE, strict=True)
        heads = [name.strip().lower() for name in rows.fieldnames or ()]
        missing = [name for name in COLUMNS if name not in heads]
        if missing:
            raise click.UsageError(_headless(missing, (rows.fieldnames or [""])[0]))
        rows.fieldnames = heads
        told = [(rows.line_num, {MORE: "".join(row.get(MORE) or ()).strip(), **_cells(row)}) for row in rows]
    except UnicodeDecodeError as error:
        raise click.UsageError(f"This is not in UTF-8 ({error}); save it as “CSV UTF-8”.") from None
    except csv.Error as error:
        raise click.UsageError(f"Line {rows.line_num + 1} cannot be read as CSV: {error}.") from None
    return told


def _cells(row: Mapping[str, str | None]) -> dict[str, str]:
    return {name: (row[name] or "").strip() for name in COLUMNS}


def _headless(missing: list[str], first: str) -> str:
    """What is wrong with the first line, and what to do where a spreadsheet parted the columns by something else."""
    said = f"The first line must name the columns {','.join(COLUMNS)}; missing: {', '.join(missing)}."
    other = next((name for mark, name in OTHER_MARKS.items() if mark in first), "")
    return f"{said} Its columns are parted by {other}: save it with commas." if other else said
