"""Actor, Grant, Refusal: who asks, and the one answer that they get."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from hamrong.access.roles import Role, roles


@dataclass(frozen=True, slots=True)
class Holding:
    """A role held in one scope: an establishment's code, a commune police unit, the province, a ticket, or ''.

    `in_place_of` is the person (`person:…`) whose authority it is, where it was delegated.
    """

    role: str
    scope: str
    in_place_of: str = ""

    @property
    def definition(self) -> Role:
        return roles()[self.role]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    `ref` goes on record (`person:…`, `key:…`, `system:…`, `visitor`); `session` is the stream of their reads.
    """

    ref: str
    label: str
    session: str
    holdings: tuple[Holding, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The scopes that a record lies in; an act is allowed where one of them is the actor's own.

    A `ticket` is what somebody without an account holds for one file.
    """

    establishment: str = ""
    ward: str = ""
    province: str = ""
    ticket: str = ""

    def within(self, holding: Holding) -> bool:
        """Whether the holding's scope is one of the target's."""
        scope = holding.definition.scope
        return scope == "none" or (holding.scope != "" and getattr(self, scope) == holding.scope)


@dataclass(frozen=True, slots=True)
class Grant:
    """Yes: this actor, in this holding, for this act and purpose. Queries and actions take a grant, not an actor."""

    actor: Actor
    act: str
    holding: Holding
    purpose: str
    case_ref: str = ""

    @property
    def scope(self) -> str:
        return self.holding.scope

    @property
    def authority(self) -> frozenset[str]:
        """Who acts, and in whose place: two people decide only where these are apart."""
        return frozenset(one for one in (self.actor.ref, self.holding.in_place_of) if one)

    @property
    def scope_kind(self) -> str:
        return self.holding.definition.scope


RefusalReason = Literal[
    "sign-in",
    "second-factor",
    "no-post",
    "other-scope",
    "purpose-missing",
    "purpose-not-allowed",
    "case-missing",
    "state",
    "invalid",
    "conflict",
    "lender-missing",
]


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why: a code, a sentence in both languages, and the article that says so where one does."""

    reason: RefusalReason
    vi: str
    en: str
    law: str = ""


class Rule(Protocol):
    """What `decide` needs of a row of a room's policy."""

    @property
    def act(self) -> str: ...
    @property
    def roles(self) -> tuple[str, ...]: ...
    @property
    def purposes(self) -> tuple[str, ...]: ...
    @property
    def law(self) -> str: ...


def visitor(session: str) -> Actor:
    """Anybody who has not signed in."""
    return Actor("visitor", "", session, (Holding("visitor", ""),))


def keeper(job: str, now: datetime) -> Actor:
    """The system's own background work, named by its job."""
    return Actor(f"system:{job}", job, f"job:{job}:{now:%Y%m%d}", (Holding("keeper", ""),), strong=True)


def sequencer(now: datetime) -> Actor:
    """The process that gives entries their places, seals and draws."""
    return Actor(
        "system:sequencer", "sequencer", f"job:sequencer:{now:%Y%m%d}", (Holding("sequencer", ""),), strong=True
    )


def operator(now: datetime) -> Actor:
    """Whoever sits at the server's command line; each run is a stream of its own."""
    run = f"command-line:{now:%Y%m%dT%H%M%S}:{secrets.token_hex(4)}"
    return Actor("system:command-line", "hamrong", run, (Holding("operator", ""),), strong=True)


def for_case(grant: Grant, case_ref: str) -> Grant:
    """The same grant with the number of the case on it."""
    return replace(grant, case_ref=case_ref)
