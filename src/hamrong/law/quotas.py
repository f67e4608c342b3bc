"""How often something is allowed or owed: visits in a term, returns of a file."""

from collections.abc import Mapping, Sequence

from hamrong.law.clocks import Moment, instant
from hamrong.law.library import Library, shipped
from hamrong.law.reckoning import branch_in, plan_on
from hamrong.law.shape import Allowance


def quota(rule_id: str, at: Moment, params: Mapping[str, str] | None = None) -> tuple[Allowance, ...]:
    """Return what `rule_id` allows on a day under the shipped law; nothing where the numbers are not known.

    Raises LawError for an unknown rule or parameter and for a day that no version covers.
    """
    return allowances(shipped(), rule_id, at, params or {})


def allowances(library: Library, rule_id: str, at: Moment, params: Mapping[str, str]) -> tuple[Allowance, ...]:
    """Return what `rule_id` allows on a day under the law of `library`; see `quota`."""
    plan = plan_on(library, rule_id, instant(at).date())
    return branch_in(plan, plan.values(params), instant(at)).allows


def told(allowed: Sequence[Allowance]) -> str:
    """Return "1 per month, 60 minutes", "unknown" where no number is known."""
    parts = [f"{each.n} per {each.per}" + (f", {each.minutes} minutes" if each.minutes else "") for each in allowed]
    return "; ".join(parts) or "unknown"
