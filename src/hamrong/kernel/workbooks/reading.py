"""Workbooks (XLSX, XLS, ODS) by their content: looked over for harm and size, then read in a process of its own."""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from hamrong.kernel.workbooks.archives import open_archive
from hamrong.kernel.workbooks.compound import MAGIC, survey_xls
from hamrong.kernel.workbooks.isolated import Row, read_chosen
from hamrong.kernel.workbooks.markup import Place, Survey, survey_ods, survey_xlsx
from hamrong.kernel.workbooks.refusals import CannotRead, Limits

ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
Kind = Literal["xlsx", "xls", "ods"]


class Surveyed(Struct, frozen=True):
    """A workbook that may be read: its kind, the cells that hold formulas (by sheet), and its epoch."""

    kind: Kind
    by_name: dict[str, frozenset[Place]]
    by_order: Sequence[frozenset[Place]] = ()
    epoch_1904: bool = False

    def formulas(self, name: str, order: int) -> frozenset[Place]:
        """The cells of a sheet that hold formulas: only their stored values are read."""
        return self.by_order[order] if order < len(self.by_order) else self.by_name.get(name, frozenset())


class Sheet(Struct, frozen=True):
    """One sheet: its name, whether people see it, and its rows that are not empty (of one not seen, none)."""

    name: str
    shown: bool
    rows: Sequence[Row]


def is_workbook(data: bytes) -> bool:
    """Whether a file begins as workbooks do; another packed file may, too."""
    return data.startswith((*ZIP, MAGIC))


def survey(data: bytes, limits: Limits) -> Surveyed:
    """Look a workbook over; raises CannotRead for a bomb, macros, a password, damage, and what is no workbook."""
    if data.startswith(MAGIC):
        formulas, epoch_1904 = survey_xls(data, limits)
        return Surveyed("xls", {}, formulas, epoch_1904)
    archive = open_archive(data, limits)
    found: Survey = survey_xlsx(archive, limits) if archive.kind == "xlsx" else survey_ods(archive, limits)
    return Surveyed(archive.kind, found.formulas, (), found.epoch_1904)


def read_every(data: bytes, limits: Limits) -> list[Sheet]:
    """Every sheet of a workbook; raises CannotRead, also where there are more rows than the limits allow."""
    if len(data) > limits.size:
        raise CannotRead("file.too_big", expected=f"{limits.size // 1_000_000} MB")
    survey(data, limits)
    read = read_chosen(
        data, lambda beginnings: [at for at, each in enumerate(beginnings) if each.shown and each.rows],
        beginning=1, most=limits.rows + 1,
    )  # fmt: skip
    if sum(map(len, read.rows)) > limits.rows:
        raise CannotRead("file.too_many_rows", expected=f"{limits.rows:,}".replace(",", "."))
    rows = dict(zip(read.chosen, read.rows, strict=True))
    looked = dict(enumerate(read.beginnings))
    return [
        Sheet(name, at in looked and looked[at].shown, rows.get(at, ()))
        for at, name in enumerate(read.names) if at not in looked or looked[at].rows
    ]  # fmt: skip
