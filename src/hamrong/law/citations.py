"""Naming a place in the law as lawyers do, in both languages."""

import re
from collections.abc import Iterable
from typing import Final

from hamrong.law.library import Library, shipped
from hamrong.law.shape import Basis, LawError, Place, Text


def citation(
    law: str, article: str | int | None = None, clause: str | int | None = None, point: str | None = None
) -> Text:
    """Return "Điều 30 khoản 4 Luật Cư trú 68/2020/QH14" and "Art. 30(4) Law on Residence 68/2020/QH14".

    `law` is the number of an instrument that `instruments.yaml` knows; an unknown one raises LawError.
    """
    return cite(shipped(), Place(law, *(None if part is None else str(part) for part in (article, clause, point))))


SHORT: Final = re.compile(r"(?P<law>\S+)(?: Đ(?P<article>\w+))?(?: k(?P<clause>\w+))?")


def spelled(short: str) -> Text:
    """The same of a place as steps and forms write it ("25/2018/QH14 Đ38 k2"); what is none stays as it is."""
    found = SHORT.fullmatch(short)
    if found is None or found["law"] not in shipped().instruments:
        return Text(vi=short, en=short)
    return citation(found["law"], found["article"], found["clause"])


def cite(library: Library, place: Place) -> Text:
    """Return the place as a citation, with the place that amended it when it names one."""
    instrument = library.instruments.get(place.law)
    if instrument is None:
        raise LawError(f"unknown instrument {place.law!r}")
    parts = (("Điều", place.article), ("khoản", place.clause), ("điểm", place.point))
    vi = " ".join(f"{word} {number}" for word, number in parts if number)
    en = f"Art. {place.article}" if place.article else ""
    en += "".join(f"({number})" for number in (place.clause, place.point) if number)
    text = Text(
        vi=f"{vi} {instrument.name.vi} {place.law}".strip(), en=f"{en} {instrument.name.en} {place.law}".strip()
    )
    if isinstance(place, Basis) and place.amended_by:
        by, words = cite(library, place.amended_by), library.words.sentences.amended_by
        return Text(vi=words.vi.format(place=text.vi, by=by.vi), en=words.en.format(place=text.en, by=by.en))
    return text


def cite_all(library: Library, basis: Iterable[Basis]) -> Text:
    """Return all places of a basis, separated by semicolons."""
    texts = [cite(library, place) for place in basis]
    return Text(vi="; ".join(text.vi for text in texts), en="; ".join(text.en for text in texts))
