"""How a unit stands on a paper: the body above, its own name, its symbol, and who signs for it."""

from dataclasses import dataclass
from typing import Final

from hamrong.org.models import Unit
from hamrong.org.queries import unit

MINISTRY: Final = "Bộ Công an"
HEADS: Final = {"province": "Giám đốc", "department": "Trưởng phòng", "commune": "Trưởng", "district": "Trưởng"}
DEPUTIES: Final = {"province": "Phó Giám đốc", "department": "Phó Trưởng phòng"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """A unit as Decree 30/2020/NĐ-CP writes it (article 8, annex I)."""

    above: str
    name: str
    symbol: str
    head: str
    deputy: str
    place: str

    def authority(self) -> str:
        """Who decides, above the grounds: "GIÁM ĐỐC CÔNG AN TỈNH …"."""
        return f"{self.head} {self.name}".upper()

    def title(self, *, deputy: bool, stands_in: str = "") -> list[str]:
        """The lines above a signature: a deputy signs for the head (KT.), whoever was delegated by authority (TUQ.).

        Decree 30/2020/NĐ-CP art. 13(1) and (3); `stands_in` is the title of whoever the head delegated to.
        """
        if stands_in:
            return [f"TUQ. {self.head}".upper(), stands_in.upper()]
        return [f"KT. {self.head}".upper(), self.deputy.upper()] if deputy else [self.head.upper()]


def issuer(code: str, province: str) -> Issuer:
    """The unit of a code, or the province's police where an object is in no unit; raises `LookupError`."""
    found = unit(code or province)
    if found is None:
        raise LookupError(code or province)
    above = found.parent.name if found.parent else MINISTRY
    head = HEADS[found.kind]
    return Issuer(above, found.name, _symbol(found), head, DEPUTIES.get(found.kind, "Phó Trưởng"), _place(found))


def _symbol(found: Unit) -> str:
    """CAT, CAP, CAX: the initials of what kind of police it is; of a department its own sign (PX05)."""
    if found.kind == "department":
        return found.code.rsplit("-", 1)[-1]
    return "".join(word[0] for word in found.name.split()[:3]).upper()


def _place(found: Unit) -> str:
    """The name of the place: what follows "Công an tỉnh" or "Công an phường"."""
    of = found.parent if found.kind == "department" and found.parent else found
    return " ".join(of.name.split()[3:])
