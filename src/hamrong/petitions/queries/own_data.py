"""What somebody may learn of petitions that they signed: each, and who took it up and looked (13/2023/NĐ-CP art. 9).

An inspector asks on their behalf, after they have proved who they are. What is sealed is never among it: it is
kept under no document, so neither the answer nor its absence tells anything of a denunciation.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from hamrong.access.actors import Grant
from hamrong.access.walls import ask_about
from hamrong.audit.models import Entry
from hamrong.audit.queries import READING, by_reference
from hamrong.identity.keys import vault
from hamrong.petitions.models import Petition, Reception
from hamrong.petitions.queries import visible

S = TypeVar("S", Petition, Reception)
AT_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Own(Generic[S]):
    """A petition, or a visit at a reception, of the person, and the acts upon it, oldest first."""

    said: S
    acts: Sequence[Entry]


def about(by: Grant, document: str) -> tuple[Sequence[Own[Petition]], Sequence[Own[Reception]]]:
    """Petitions and receptions under one document number, the latest first; at most 500 of each.

    Of the petition's case only who looked: its steps are told to the sender as the law has them told, when they are.
    The grant is of the act `subject.read`; whoever asks puts the asking on record.
    """
    index = vault().find(document)
    ask_about(index)
    mine = {"secret": False, "persons__contains": [index]}
    signed = visible.petitions(by).filter(**mine).select_related("case").order_by("-received_on", "-id")[:AT_MOST]
    came = visible.receptions(by).filter(**mine).order_by("-held_on", "-id")[:AT_MOST]
    petitions, receptions = list(signed), list(came)
    cases = [ref for each in petitions for ref in _cases(each)]
    own = [f"petition:{each.pk}" for each in petitions] + [f"reception:{each.pk}" for each in receptions]
    entries = by_reference([*own, *cases])
    return (
        [Own(each, _ordered(entries, [f"petition:{each.pk}"], _cases(each))) for each in petitions],
        [Own(each, _ordered(entries, [f"reception:{each.pk}"])) for each in receptions],
    )


def _cases(petition: Petition) -> list[str]:
    """Its cases, those that were stopped, too, as the record names them: themselves, and their papers and files."""
    told = [(str(petition.case.pk), petition.case.code)] if petition.case else []
    told += [(each["case"], each["code"]) for each in petition.sorted_before if "case" in each]
    return [f"case:{name}" for names in told for name in names]


def _ordered(entries: Mapping[str, list[Entry]], whole: Iterable[str], looked: Iterable[str] = ()) -> list[Entry]:
    told = [each for ref in whole for each in entries.get(ref, [])]
    read = [each for ref in looked for each in entries.get(ref, []) if each.type.endswith(READING)]
    return sorted([*told, *read], key=lambda each: (each.at, each.pk))
