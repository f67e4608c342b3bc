"""Tells a reading in sentences that people understand, in both languages."""

from collections.abc import Iterator
from datetime import timedelta

from hamrong.kernel.documents.plates.book import book
from hamrong.kernel.documents.plates.reading import Reading
from hamrong.kernel.documents.plates.shape import Text
from hamrong.kernel.documents.plates.wording import fill, listed


def explain(reading: Reading) -> tuple[Text, ...]:
    """Say what a plate is read as, whose code it has, when such plates were issued, how sure that is, and by whom."""
    return tuple(_sentences(reading))


def _sentences(reading: Reading) -> Iterator[Text]:
    rules, words = book(), book().words.sentences
    yield fill(words["read_as"], display=reading.display, form=reading.title)
    yield fill(words["colours"], colours=listed([rules.parts.colours[each].title for each in reading.colours], " / "))
    yield from _whose(reading)
    if reading.country:
        yield fill(words["country"], country=reading.country)
    yield fill(words["series"], letters=reading.letters, number=reading.number)
    yield fill(words[_period(reading)], since=reading.since, until=reading.until)
    yield from reading.notes
    sources = listed([Text(source.vi, source.en) for source in reading.sources], "; ")
    yield fill(words["certainty"], certainty=rules.words.certainties[reading.certainty], sources=sources)


def _whose(reading: Reading) -> Iterator[Text]:
    rules, words = book(), book().words.sentences
    place = reading.province
    if place is None:
        unit = rules.units.get(reading.letters)
        known = Text(unit.vi, unit.en) if unit and unit.vi else None
        yield fill(words["unit" if known else "unit_unknown"], letters=reading.letters, unit=known)
    elif place.now is None:
        yield fill(words["place_nobody"], code=place.code)
    else:
        told = words["place_same" if place.now == place.before else "place_moved"]
        last_day = rules.codes.changed_on - timedelta(days=1)
        yield fill(told, code=place.code, day=last_day, before=place.before, now=place.now)


def _period(reading: Reading) -> str:
    if reading.since and reading.until:
        return "issued_between"
    if reading.since:
        return "issued_since"
    return "issued_until" if reading.until else "issued"
