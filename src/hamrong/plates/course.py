"""What may be done with a plate after it was given, as one table: from which state to which, and under which rule."""

from typing import Final, NamedTuple

_LAW: Final = "79/2024/TT-BCA Đ18"
_ID: Final = "plate.auction_exchange_id"
_KEPT: Final = "79/2024/TT-BCA Đ3"
_WON: Final = "36/2024/QH15 Đ37"
_MOVED: Final = "79/2024/TT-BCA Đ6"
_OLD: Final = "79/2024/TT-BCA Đ39"


class Move(NamedTuple):
    """One act on a plate.

    `rule` is the leaf of the law that says until when; an act `at_once` is done when it is entered, of the others the
    office hands something over later, and the rule says until when. `needs`: facts beyond reason and dossier, `old`
    that the plate's number has 3 or 4 digits. Without `sources` it is how a plate that was not drawn here comes into
    the book (`actions.entering`).
    """

    act: str
    sources: tuple[str, ...]
    target: str
    rule: str
    at_once: bool
    reasons: tuple[str, ...]
    needs: tuple[str, ...]
    law: str


MOVES: Final = (
    Move("exchange", ("in-use",), "in-use", _ID, False, ("worn", "colour", "rebuilt"), (), _LAW),
    Move("reissue", ("in-use",), "in-use", "plate.reissue", False, ("lost",), (), _LAW),
    Move("renew", ("in-use",), "withdrawn", "", True, ("five-digits", "worn", "lost"), ("old",), _OLD),
    Move("keep", ("in-use",), "kept", "plate.hold", True, ("sold", "deregistered"), (), _KEPT),
    Move("assign", ("kept", "away"), "in-use", _ID, False, ("registered", "returned"), ("vehicle", "owner"), _KEPT),
    Move("move", ("in-use",), "in-use", "plate.cert", False, ("moved",), ("owner",), _MOVED),
    Move("leave", ("in-use",), "away", "", True, ("other-province",), ("place",), _KEPT),
    Move("enter", (), "in-use", "plate.cert", False, ("from-province",), ("vehicle", "owner", "origin"), _KEPT),
    Move("won", (), "in-use", _ID, False, ("auction",), ("vehicle", "owner", "origin"), _WON),
    Move("book", (), "in-use", "", True, ("older",), ("vehicle", "owner", "origin"), _OLD),
    Move("withdraw", ("in-use", "kept"), "withdrawn", "", True, ("wrongly-given", "decision"), ("note",), _LAW),
)  # fmt: skip


def move(act: str) -> Move | None:
    """The act of this name; None where there is none."""
    return next((each for each in MOVES if each.act == act), None)


def possible(state: str, *, open_act: bool, here: bool, old: bool = False) -> list[Move]:
    """What can be done with a plate now; nothing new while an application is open. It moves only to another office."""
    if open_act:
        return []
    fit = [each for each in MOVES if state in each.sources and (old or "old" not in each.needs)]
    return [each for each in fit if not (here and each.act == "move")]
