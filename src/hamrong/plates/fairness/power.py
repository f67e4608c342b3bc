"""How many draws it takes before statistics can see a manipulation: usually more than there are."""

from math import ceil, sqrt
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()


def share_after(share: float, repeated: float, tries: int) -> float:
    """The share of wanted numbers where some draws are repeated until one comes, at most so many tries each."""
    return share + repeated * (1 - (1 - share) ** tries - share)


def draws_needed(share: float, repeated: float, tries: int, *, alpha: float, power: float) -> int | None:
    """How many draws a one-sided test of a share needs to see this; None where nothing changes.

    `share` is that of wanted numbers among what remains, `alpha` the chance of a false alarm, `power` the chance to see
    it. The usual formula for one proportion: ((z_alpha * s0 + z_power * s1) / difference)^2, s the standard deviations
    before and after. All arguments lie between 0 and 1, `tries` is at least 1.
    """
    after = share_after(share, repeated, tries)
    if after <= share:
        return None
    before, then = sqrt(share * (1 - share)), sqrt(after * (1 - after))
    z_alpha, z_power = _NORMAL.inv_cdf(1 - alpha), _NORMAL.inv_cdf(power)
    return ceil(((z_alpha * before + z_power * then) / (after - share)) ** 2)
