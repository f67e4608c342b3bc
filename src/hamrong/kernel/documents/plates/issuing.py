"""What may be issued: the series of a pool, the numbers of a series, and why a plate may not be issued."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

from msgspec import Struct

from hamrong.kernel.documents.model import Unreadable
from hamrong.kernel.documents.plates.book import book
from hamrong.kernel.documents.plates.reading import (
    Reading,
    check_words,
    issued_under,
    parse,
    reserved,
    unsure_notes,
)
from hamrong.kernel.documents.plates.shape import Certainty, Form, PlateRuleError, Source, Text, Version
from hamrong.kernel.documents.plates.wording import fill

WIDTH = 5
"""Digits of a number that is issued now in a series of a pool: 000.01 to 999.99."""
_CANONICAL = re.compile(rf"([0-9A-ZĐ]{{2,}}?)([0-9]{{{WIDTH}}})")


class Obstacle(Struct, frozen=True):
    """Why a plate may not be issued: a stable code (docs/plate-rules.md), in words, and how sure that is."""

    code: str
    words: Text
    certainty: Certainty
    sources: tuple[Source, ...]


def series_of(province_code: str, kind: str, colour: str, on: date, *, symbol: str = "") -> tuple[str, ...]:
    """Return the series that may be issued on a day, with the code (`36A`), in the order of issue.

    Without `symbol` those that fill the pools of a kind and colour, else those of a special symbol (`RM`, `HC`).
    Empty where the code belongs to nobody or nothing is issued then. Series of which it is not sure that they may be
    issued are left out: `unsure_series_of` tells them. Raises PlateRuleError for an unknown kind or colour.
    """
    return tuple(series for series, why in _series(province_code, kind, colour, on, symbol) if not why)


def unsure_series_of(province_code: str, kind: str, colour: str, on: date, *, symbol: str = "") -> dict[str, Text]:
    """Return the series that `series_of` leaves out, each with the reason."""
    return {series: why for series, why in _series(province_code, kind, colour, on, symbol) if why}


def _series(code: str, kind: str, colour: str, on: date, symbol: str) -> Iterator[tuple[str, Text | None]]:
    check_words(kind, colour)
    rules = book()
    since = next(hue.since for name, hue in rules.parts.colours.items() if name == colour)
    if code not in rules.places or (since and on < since):
        return
    for form in rules.forms.values():
        wanted = form.symbol == symbol if symbol else form.ordinary
        if wanted and form.kind == kind and colour in form.colours and _is_pool(form) and _in_force(form, on):
            for letters in _letters(form):
                yield code + letters, next(unsure_notes(form, letters), None)


def _is_pool(form: Form) -> bool:
    """Whether the form is a code, letters and a number of the usual width: no country, nothing before the code."""
    return form.orders[0] == ("code", "letters", "number") and form.widths[0] == WIDTH


def _in_force(form: Form, on: date) -> bool:
    first, last = issued_under(form)
    return (first or on) <= on <= (last or on)


def _letters(form: Form) -> Iterator[str]:
    """The series proper in the order of issue; characters that are not sure come where the others end."""
    alphabets = [alphabet.letters + alphabet.unsure for alphabet in book().alphabets(form)]
    yield from (form.symbol + "".join(letters) for letters in product(*alphabets))


def version_on(on: date) -> Version:
    """Return the version of the rules that was in force on a day."""
    return next(version for version in book().versions.values() if on <= (version.end or on))


def codes_of(province: str) -> tuple[str, ...]:
    """Return the codes of a province of today by its name ("Hưng Yên"), in the order of issue; empty for no such."""
    places = [place for place in book().places.values() if place.now == province]
    return tuple(place.code for place in sorted(places, key=lambda place: place.turn))


def numbers_in(series: str) -> range:
    """Return the 99,999 numbers of a series (`36A`); raises PlateRuleError where no pool has such a series."""
    found = parse(written(series, 1))
    if isinstance(found, Unreadable) or all(reading.series != series for reading in found):
        raise PlateRuleError(f"no pool has the series {series!r}")
    return range(1, 10**WIDTH)


def written(series: str, number: int) -> str:
    """Return the canonical text of a number of a series: `36A`, 12345 give `36A12345`."""
    return f"{series}{number:0{WIDTH}d}"


def split(canonical: str) -> tuple[str, int] | None:
    """Return series and number of a canonical text of a pool (its last five digits); None where it is none."""
    found = _CANONICAL.fullmatch(canonical)
    return (found[1], int(found[2])) if found and int(found[2]) else None


def format_plate(canonical: str, kind: str, *, two_lines: bool = False) -> str:
    """Return a plate of a kind as people write it: `36A-123.45`, or above and below with a line break between.

    Reads a number of five digits where the text can also be read with an old, shorter one. Raises PlateRuleError
    where the text is no plate of this kind.
    """
    found = parse(canonical, kind=kind)
    if isinstance(found, Unreadable):
        raise PlateRuleError(f"{canonical!r} is no plate of {kind}: {found.reason}")
    widest = max(found, key=lambda reading: len(reading.number))
    return "\n".join(widest.lines) if two_lines else widest.display


def validate(text: str, *, on: date, kind: str, colour: str) -> tuple[Obstacle, ...]:
    """Say why a plate of this kind and colour may not be issued on a day; nothing where it may.

    Of several readings the one with the fewest obstacles answers. Raises PlateRuleError for an unknown kind or colour.
    """
    found = parse(text, on=on, kind=kind, colour=colour)
    if isinstance(found, Unreadable):
        return (reason_as_obstacle(found.reason),)
    return min((tuple(_obstacles(reading, on)) for reading in found), key=len)


def reason_as_obstacle(reason: str) -> Obstacle:
    """Put the reason why a text is unreadable into words."""
    return Obstacle(reason, book().words.reasons[reason], "secondary", ())


def _obstacles(reading: Reading, on: date) -> Iterator[Obstacle]:
    rules = book()
    form = rules.forms[reading.form]
    last = issued_under(form)[1]
    if form.army:
        yield _obstacle("form.army", reading)
    if last and on > last:
        yield _obstacle("form.ended", reading, until=last)
    if len(reading.number) != form.widths[0]:
        yield _obstacle("number.old", reading, width=form.widths[0])
    if reading.province and reserved(reading.province.code):
        yield _obstacle("code.unsure", reading, code=reading.province.code)
    for why in unsure_notes(form, reading.letters):
        yield _obstacle("series.unsure", reading, letters=reading.letters, why=why)


def _obstacle(name: str, reading: Reading, /, **told: date | int | str | Text) -> Obstacle:
    words = fill(book().words.obstacles[name], form=reading.title, **told)
    return Obstacle(name, words, reading.certainty, reading.sources)
