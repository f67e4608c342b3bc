"""How a row of the denunciations' courses is written: by whom, under which article, what it needs, who approves it."""

from dataclasses import replace

from hamrong.cases.courses import Deed, Step, Touch
from hamrong.petitions.people import OFFICERS, SETTLERS

LAW = "25/2018/QH14"


def row(act: str, words: Deed, way: str, article: str, *touches: Touch) -> Step:
    """A row of the officers; `way` is `source→target`."""
    source, target = way.split("→")
    return Step(f"denunciation.{act}", words, source, target, OFFICERS, f"{LAW} {article}", touches=touches)


def with_reason(step: Step) -> Step:
    return replace(step, needs=(*step.needs, "reason"))


def on_paper(step: Step) -> Step:
    return replace(step, needs=(*step.needs, "document"))


def signed(step: Step, register: str = "") -> Step:
    """Proposed by an officer with the grounds in words, approved by whoever settles; the register gives its number."""
    return replace(step, needs=("reason",), approvers=SETTLERS, register=register)


def approved(step: Step) -> Step:
    """What ends a denunciation takes a second person: nobody knows that whoever proposes it is not denounced in it."""
    return replace(step, approvers=SETTLERS)
