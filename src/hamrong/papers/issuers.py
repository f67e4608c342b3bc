"""How a unit stands on a paper: the body above, its own name, its symbol, and who signs for it."""

from dataclasses import dataclass
from typing import Final, Literal

from hamrong.org.models import Unit
from hamrong.org.queries import unit

MINISTRY: Final = "Bộ Công an"
HEADS: Final = {"province": "Giám đốc", "department": "Trưởng phòng", "commune": "Trưởng", "district": "Trưởng"}
DEPUTIES: Final = {"province": "Phó Giám đốc", "department": "Phó Trưởng phòng"}


Capacity = Literal["head", "acting", "deputy"]
"""Người đứng đầu; người được giao quyền cấp trưởng; cấp phó ký thay."""


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

    def title(self, capacity: Capacity = "head", *, delegate: str = "") -> list[str]:
        """The lines above a signature, by who signs (Decree 30/2020/NĐ-CP art. 13, annex I part II, component 7).

        The head signs alone; whoever was given the head's post in the meantime "Q."; a deputy for the head "KT.", also
        one who is in charge; `delegate`, the official title of somebody whom the head delegated to in writing, "TUQ.".
        The name of who is signed for stands on no paper: the post is.
        """
        if delegate:
            return [f"TUQ. {self.head}".upper(), delegate.upper()]
        short = {"head": "", "acting": "Q. ", "deputy": "KT. "}[capacity]
        return [f"{short}{self.head}".upper(), *([self.deputy.upper()] if capacity == "deputy" else [])]


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
