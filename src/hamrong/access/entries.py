"""From a grant to an entry of the record: the only way in which rooms write to the audit."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from hamrong.access.actors import Grant
from hamrong.audit.record import Act, record


def mark_of(ticket: str) -> str:
    """What stands on record for a ticket, which is a key: it finds what was done by the same one, and opens nothing."""
    return hashlib.sha256(ticket.encode()).hexdigest()[:24]


def act_of(grant: Grant, *, subject: str, at: datetime, stream: str = "", **details: Any) -> Act:
    """The act that a grant stands for; without a stream of its own it goes into the actor's session."""
    told: Mapping[str, Any] = {
        **details,
        "role": grant.holding.role,
        **({"in_place_of": grant.holding.in_place_of} if grant.holding.in_place_of else {}),
        **({"case": grant.case_ref} if grant.case_ref else {}),
        # a person and a key are known by their reference; who sat at the server is known by the label alone
        **({"label": grant.actor.label} if grant.actor.ref.startswith("system:") else {}),
    }
    scope = mark_of(grant.scope) if grant.scope_kind == "ticket" else grant.scope
    return Act(grant.act, grant.actor.ref, stream or grant.actor.session, subject, grant.purpose, scope, at, told)


def enter(grant: Grant, *, subject: str, at: datetime, stream: str = "", **details: Any) -> UUID:
    """Put the act of this grant on record, in its transaction."""
    return record(act_of(grant, subject=subject, at=at, stream=stream, **details))
