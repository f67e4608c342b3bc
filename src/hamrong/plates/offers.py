"""What a pool can be made of: for each kind of plate its colours and the series that may be issued on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hamrong.kernel.documents.plates import book, series_of
from hamrong.plates.models import Plate, Pool
from hamrong.plates.numbers import split


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of plate, the colours that share its series, and these series in the order of issue."""

    kind: str
    colours: tuple[str, ...]
    series: tuple[str, ...]

    @property
    def key(self) -> str:
        """What an address and a form call it: `car:white`."""
        return f"{self.kind}:{self.colours[0]}"


def offers(codes: Iterable[str], on: date) -> Sequence[Offer]:
    """What these codes of a province (`36`) may issue on a day; colours with the same series are together."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    rules, codes = book(), tuple(codes)
    for kind in rules.words.kinds:
        for colour in rules.parts.colours:
            series = tuple(one for code in codes for one in series_of(code, kind, colour, on))
            if series:
                found.setdefault((kind, series), []).append(colour)
    return [Offer(kind, tuple(colours), series) for (kind, series), colours in found.items()]


def colours_of(plate: Plate, pool: Pool | None, on: date) -> tuple[str, ...]:
    """Which colours a plate may have: those of its pool, or its own, and all that share the number's series."""
    kind, own, number = (pool.kind, pool.colours, plate.number) if pool else (plate.kind, [plate.colour], plate.number)
    found = split(number)
    shared = [
        colour
        for offer in offers([found[0][:2]], on) if offer.kind == kind and found[0] in offer.series
        for colour in offer.colours
    ] if found else []  # fmt: skip
    return tuple(dict.fromkeys([*own, *shared]))
