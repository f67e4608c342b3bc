"""Vietnamese number plates: their rules through time as data, with source and certainty, and all that follows."""

from hamrong.kernel.documents.model import Position, Unreadable
from hamrong.kernel.documents.plates.book import book, load
from hamrong.kernel.documents.plates.explaining import explain
from hamrong.kernel.documents.plates.issuing import (
    Obstacle,
    codes_of,
    format_plate,
    numbers_in,
    reason_as_obstacle,
    series_of,
    split,
    unsure_series_of,
    validate,
    version_on,
    written,
)
from hamrong.kernel.documents.plates.reading import Province, Reading, parse
from hamrong.kernel.documents.plates.shape import Book, Certainty, Colour, Kind, PlateRuleError, Source, Text, Version

__all__ = [
    "Book",
    "Certainty",
    "Colour",
    "Kind",
    "Obstacle",
    "PlateRuleError",
    "Position",
    "Province",
    "Reading",
    "Source",
    "Text",
    "Unreadable",
    "Version",
    "book",
    "codes_of",
    "explain",
    "format_plate",
    "load",
    "numbers_in",
    "parse",
    "reason_as_obstacle",
    "series_of",
    "split",
    "unsure_series_of",
    "validate",
    "version_on",
    "written",
]
