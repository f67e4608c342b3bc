"""Where machine-readable zones keep what: the tables of ICAO Doc 9303 parts 4 to 7 as data."""

from typing import NamedTuple

from hamrong.kernel.documents.model import Position

FILLER = "<"


class Span(NamedTuple):
    """Part of a line; positions from 1, both ends included, as the tables of Doc 9303 have it."""

    line: int
    first: int
    last: int

    def of(self, lines: list[str]) -> str:
        """Cut the span out of the lines of a zone."""
        return lines[self.line - 1][self.first - 1 : self.last]

    @property
    def start(self) -> Position:
        """Where the span begins."""
        return Position(self.line, self.first)


class Layout(NamedTuple):
    """Where a kind of zone keeps what. The check digit of number, dates and `checked` stands right after their span."""

    kind: str
    lines: int
    width: int
    spans: dict[str, Span]
    composite: tuple[Span, ...]
    long_numbers: bool


def _two_lines(kind: str, width: int, optional: int, composite: tuple[Span, ...], *, long_numbers: bool) -> Layout:
    spans = {"document_code": Span(1, 1, 2), "issuer": Span(1, 3, 5), "full_name": Span(1, 6, width)}
    spans |= {"document_number": Span(2, 1, 9), "nationality": Span(2, 11, 13), "birth_date": Span(2, 14, 19)}
    spans |= {"sex": Span(2, 21, 21), "expiry_date": Span(2, 22, 27), "optional_data": Span(2, 29, optional)}
    return Layout(kind, 2, width, spans, composite, long_numbers)


_TD1_SPANS = {"document_code": Span(1, 1, 2), "issuer": Span(1, 3, 5), "document_number": Span(1, 6, 14)}
_TD1_SPANS |= {"optional_data": Span(1, 16, 30), "birth_date": Span(2, 1, 6), "sex": Span(2, 8, 8)}
_TD1_SPANS |= {"expiry_date": Span(2, 9, 14), "nationality": Span(2, 16, 18), "optional_data_2": Span(2, 19, 29)}
_TD1_SPANS |= {"full_name": Span(3, 1, 30)}
_TD1_SUM = (Span(1, 6, 30), Span(2, 1, 7), Span(2, 9, 15), Span(2, 19, 29))
TD1 = Layout("td1", 3, 30, _TD1_SPANS, _TD1_SUM, long_numbers=True)
TD2 = _two_lines("td2", 36, 35, (Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, 35)), long_numbers=True)
TD3 = _two_lines("td3", 44, 42, (Span(2, 1, 10), Span(2, 14, 20), Span(2, 22, 43)), long_numbers=False)
MRV_A = _two_lines("mrv_a", 44, 44, (), long_numbers=False)
MRV_B = _two_lines("mrv_b", 36, 36, (), long_numbers=False)
# Lines and their width tell the size; of each size the second is the visa, whose code begins with V.
BY_SHAPE = {(3, 30): (TD1, TD1), (2, 36): (TD2, MRV_B), (2, 44): (TD3, MRV_A)}
BY_LENGTH = {90: (3, 30), 72: (2, 36), 88: (2, 44)}
