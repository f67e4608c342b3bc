"""The one function that decides, over the policy tables that the rooms register."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target
from hamrong.access.roles import purposes, roles


@dataclass(frozen=True, slots=True)
class Allow:
    """One row of a room's policy: these roles may do this act for these purposes, under this article."""

    act: str
    roles: tuple[str, ...]
    purposes: tuple[str, ...]
    law: str = ""


_rows: dict[str, Allow] = {}


def register(rows: Iterable[Allow]) -> None:
    """Make a room's policy known; a second row for an act, an unknown role or purpose is a bug."""
    for row in rows:
        unknown = set(row.roles) - roles().keys() | set(row.purposes) - purposes().keys()
        if unknown or _rows.get(row.act, row) != row:
            raise ValueError(f"policy row {row.act}: unknown or repeated: {sorted(unknown)}")
        _rows[row.act] = row


def registered() -> dict[str, Allow]:
    """Every act that any room allows to anybody."""
    return dict(_rows)


def decide(actor: Actor, act: str, target: Target, *, purpose: str = "", case_ref: str = "") -> Grant | Refusal:
    """May `actor` do `act` to `target` for `purpose`?

    An act without a row is a bug (`KeyError`); everything else is an answer. Where the row allows one purpose only, it
    need not be named.
    """
    row = _rows[act]
    holding = _holding(actor, row, target)
    if isinstance(holding, Refusal):
        return holding
    if holding.definition.strong and not actor.strong:
        return Refusal("second-factor", "Cần xác thực bước hai.", "A second factor is needed.")
    purpose = purpose or (row.purposes[0] if len(row.purposes) == 1 else "")
    problem = _purpose_problem(row, purpose, case_ref)
    return problem or Grant(actor, act, holding, purpose, case_ref)


def beside(by: Grant, act: str, purpose: str = "", case_ref: str = "") -> Grant | Refusal:
    """The answer for another act in the same scope: the transaction that is open knows no other one."""
    wall, scope = by.holding.definition.wall, by.scope
    held = tuple(each for each in by.actor.holdings if (each.definition.wall, each.scope) == (wall, scope))
    actor, target = replace(by.actor, holdings=held), Target(**{by.scope_kind: scope})
    return decide(actor, act, target, purpose=purpose, case_ref=case_ref)


def _holding(actor: Actor, row: Allow, target: Target) -> Holding | Refusal:
    in_role = [held for held in actor.holdings if held.role in row.roles]
    fitting = [held for held in in_role if target.within(held)]
    if fitting:
        return fitting[0] if len(lenders(fitting, fitting[0])) < 2 else WHOSE
    if in_role:
        return Refusal(
            "other-scope", "Việc này thuộc đơn vị hoặc cơ sở khác.", "This belongs to another unit or place."
        )
    if all(held.role == "visitor" for held in actor.holdings) and actor.ref == "visitor":
        return Refusal("sign-in", "Cần đăng nhập.", "Sign in first.")
    return Refusal("no-post", "Chức trách của bạn không gồm việc này.", "Your post does not include this.", row.law)


WHOSE: Final = Refusal(
    "lender-missing", "Nhiều người ủy quyền cho bạn cùng một chức trách. Hãy chọn bạn đang làm thay ai.",
    "Several people delegated the same post to you. Choose in whose place you act.", "30/2020/NĐ-CP Đ13",
)  # fmt: skip


def lenders(held: Iterable[Holding], one: Holding) -> frozenset[str]:
    """Whose authority somebody has for a post in a scope; nobody's where it is their own."""
    same = {each.in_place_of for each in held if (each.role, each.scope) == (one.role, one.scope)}
    return frozenset() if "" in same else frozenset(same)


def _purpose_problem(row: Allow, purpose: str, case_ref: str) -> Refusal | None:
    if not purpose:
        return Refusal("purpose-missing", "Hãy chọn mục đích sử dụng dữ liệu.", "Choose the purpose of use.", row.law)
    if purpose not in row.purposes:
        return Refusal(
            "purpose-not-allowed",
            "Mục đích này không áp dụng cho việc đang làm.",
            "That purpose does not apply to this act.",
            row.law,
        )
    if purposes()[purpose].case and not case_ref.strip():
        return Refusal(
            "case-missing",
            "Hãy ghi số vụ việc hoặc số lệnh cần đến dữ liệu này.",
            "Give the number of the case or order that needs this.",
            row.law,
        )
    return None
