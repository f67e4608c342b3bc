"""`hamrong plates`: read number plates, without settings or a database."""

import sys
from datetime import datetime
from typing import Any, BinaryIO, get_args

import click
import msgspec

from hamrong.kernel.documents.plates import Colour, Kind, Reading, Unreadable, book, parse
from hamrong.site.given_text import FILE, cases


@click.group()
def plates() -> None:
    """Number plates: the rules through time."""


@plates.command(name="read")
@FILE
@click.option("--lines/--whole", default=True, help="One plate a line; or the whole input is one, of two lines, say.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Leave out what did not exist yet on this day.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="The kind of vehicle, where it is known.")
@click.option("--colour", type=click.Choice(get_args(Colour)), help="The colour of the plate, where it is known.")
def read_plates(file: BinaryIO, lines: bool, on: datetime | None, kind: str | None, colour: str | None) -> None:
    """Read number plates and print one JSON object a plate, with every reading that it allows.

    FILE is a list of plates; without it, or with -, they come from standard input. Readings name their sources, whose
    titles follow once a plate. Exit code 1 when one of them cannot be read; all the others are printed all the same.
    """
    data = file.read()
    all_readable = True
    for case in cases(data, lines):
        answer = parse(case, on=on.date() if on else None, kind=kind, colour=colour)
        all_readable &= not isinstance(answer, Unreadable)
        sys.stdout.buffer.write(msgspec.json.encode(_told(answer)) + b"\n")
    sys.stdout.buffer.flush()
    if not all_readable:
        raise SystemExit(1)


def _told(answer: tuple[Reading, ...] | Unreadable) -> dict[str, Any]:
    """Readings with the names of their sources, and each source once; why there is none, in words that people see."""
    if not isinstance(answer, Unreadable):
        sources = {source.id: {"vi": source.vi, "en": source.en} for reading in answer for source in reading.sources}
        readings = [
            {**msgspec.structs.asdict(reading), "sources": [source.id for source in reading.sources]}
            for reading in answer
        ]
        return {"readings": readings, "sources": sources}
    words = book().words.reasons[answer.reason]
    error = {"reason": answer.reason, "position": answer.position, "vi": words.vi, "en": words.en}
    return {"readings": [], "error": error}
