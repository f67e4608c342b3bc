"""What the statistical audit of draws sees: manipulations at the number of draws that it names, and honest draws.

Numbers are simulated; the tests, their limits and the counts of draws are those of the registration. Under a minute.
"""

import time
from random import Random

from bench import harness

from hamrong.kernel.documents.plates import written
from hamrong.plates.fairness.power import draws_needed, share_after
from hamrong.plates.fairness.probabilities import poisson_two_sided
from hamrong.plates.fairness.registration import Case, patterns, registration
from hamrong.plates.fairness.report import report
from hamrong.plates.fairness.standing import Drawn, Standing
from hamrong.plates.numbers import Run
from hamrong.plates.remaining import Remaining

TRIES = 40
HONEST = 150


def seen(case: Case, part: float, chance: Random) -> float:
    """How often a manipulation is seen in simulation, at so large a part of the draws that the report names."""
    power = registration().power
    needed = draws_needed(power.share, case.repeated, case.tries, alpha=power.alpha, power=power.power)
    draws, after = int((needed or 0) * part), share_after(power.share, case.repeated, case.tries)
    found = 0
    for _ in range(TRIES):
        count = sum(chance.random() < after for _ in range(draws))
        found += count > draws * power.share and poisson_two_sided(count, draws * power.share) < 2 * power.alpha
    return found / TRIES


def honest(draws: int, last: int, chance: Random) -> list[Drawn]:
    """Draws by rank among what remains of one series."""
    left = Remaining()
    left.give([Run("36A", 1, last)])
    standing, found, numbers = Standing(left, patterns(registration())), [], list(range(1, last + 1))
    for seq in range(1, draws + 1):
        value = numbers.pop(chance.randrange(len(numbers)))
        stood = standing.draw("36A", value)
        assert stood is not None
        office, hour, desk = str(seq % 3), seq % 8 + 8, str(seq % 5)
        found.append(Drawn("p", seq, written("36A", value), stood[0], stood[1], office, hour, desk, stood[2]))
    return found


def main() -> None:
    chance, began = Random(36), time.monotonic()
    cases = {
        f"{case.repeated:g} repeated up to {case.tries}": {
            "all": seen(case, 1, chance), "a fifth": seen(case, 0.2, chance)
        }
        for case in registration().power.cases
    }  # fmt: skip
    asked = sum(bool(report(honest(900, 2_000, chance)).questions) for _ in range(HONEST))
    many = honest(50_000, 99_999, chance)
    before = time.monotonic()
    report(many)
    harness.report(
        "plates_power", seen=cases, honest_reports=HONEST, of_these_ask=asked,
        seconds_for_50000_draws=round(time.monotonic() - before, 2), seconds=round(time.monotonic() - began, 1),
    )  # fmt: skip


if __name__ == "__main__":
    main()
