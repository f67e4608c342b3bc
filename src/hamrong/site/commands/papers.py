"""`hamrong papers`: forms of papers as a lawyer edits them in Word; needs no database and no settings."""

from pathlib import Path

import click

from hamrong.papers.catalog import fields, forms
from hamrong.papers.checking import Problem, problems
from hamrong.papers.filling import filled, needs
from hamrong.papers.printing import NoPango, html_of, pdf_of

MARK = "MẪU"


@click.group()
def papers() -> None:
    """Forms of papers, as Word files."""


@papers.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", help="The language of the words.")
@click.option("--pdf", type=click.Path(file_okay=False, path_type=Path), help="A folder for each form in print.")
def check(files: tuple[Path, ...], lang: str, pdf: Path | None) -> None:
    """Say what is wrong with FILES, forms edited in Word, and where; without FILES with every form that is shipped.

    Exit code 1 when something is wrong. `--pdf` prints each that is right, filled with invented values.
    """
    wrong = False
    for file in files or sorted({each.file for each in forms().values()}):
        found = problems(file)
        wrong |= bool(found)
        click.echo(f"{file.name}: {len(found)}" if found else f"{file.name}: ok")
        for each in found:
            click.echo(f"  “{each.near}”\n    {_words(each, lang)}")
        if pdf and not found:
            pdf.mkdir(parents=True, exist_ok=True)
            (pdf / f"{file.stem}.pdf").write_bytes(_printed(file))
    if wrong:
        raise SystemExit(1)


def _words(one: Problem, lang: str) -> str:
    return one.vi if lang == "vi" else one.en


def _printed(file: Path) -> bytes:
    wanted = needs(file)
    word = filled(file, {name: fields()[name].sample for name in wanted.required | wanted.optional})
    try:
        return pdf_of(html_of(word, mark=MARK))
    except NoPango as error:
        raise click.ClickException(str(error)) from error
