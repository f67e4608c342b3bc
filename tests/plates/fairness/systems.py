"""Systems that give numbers, honest and not, to see which of them an audit can tell apart.

Each takes the numbers of one series and a source of chance, and answers numbers in the order in which it gives them.
"""

from bisect import bisect_left
from random import Random

from hamrong.plates.fairness.registration import patterns, registration
from hamrong.plates.fairness.standing import Draw, observe
from hamrong.plates.numbers import Run, joined
from hamrong.plates.remaining import Remaining

SERIES = "36A"
TABLE = patterns(registration())
OFFICES = ("01", "02", "03")


def is_wanted(number):
    return TABLE.wanted in TABLE.of.get(number, ())


def fisher_yates(size, draws, chance):
    """Honest: the numbers shuffled."""
    numbers = list(range(1, size + 1))
    for at in range(draws):
        other = chance.randrange(at, size)
        numbers[at], numbers[other] = numbers[other], numbers[at]
    return numbers[:draws]


def by_rank(size, draws, value):
    """The number of a rank among those that remain; `value` answers, for n, a rank from 0."""
    left = list(range(1, size + 1))
    return [left.pop(value(len(left))) for _ in range(draws)]


def honest_ranks(size, draws, chance):
    """Honest: a rank among those that remain."""
    return by_rank(size, draws, chance.randrange)


def sixteen_bits(size, draws, chance):
    """A value of 16 bits, modulo what remains: the last third of a series of 99,999 never comes first."""
    return by_rank(size, draws, lambda n: chance.getrandbits(16) % n)


def next_free(size, draws, chance):
    """A random start, and the next free number from there: numbers beside a gap get its chances."""
    free, given = list(range(1, size + 1)), []
    for _ in range(draws):
        at = bisect_left(free, chance.randint(1, size)) % len(free)
        given.append(free.pop(at))
    return given


def even_steps(size, draws, chance):
    """A fixed step through what remains: as even as no chance is."""
    start, golden = chance.random(), (5**0.5 - 1) / 2
    turns = iter((start + at * golden) % 1 for at in range(draws))
    return by_rank(size, draws, lambda n: int(next(turns) * n))


def sticky(size, draws, chance):
    """Every second draw is near the draw before."""
    last = [0.0]

    def value(n):
        last[0] = (last[0] + chance.random() / 4) % 1 if chance.random() < 0.5 else chance.random()
        return int(last[0] * n)

    return by_rank(size, draws, value)


def repeated(share, tries, *, for_whom=lambda at: True):
    """Some share of draws is repeated until a wanted number comes, at most so many tries."""

    def system(size, draws, chance):
        free, given = list(range(1, size + 1)), []
        for at in range(draws):
            place = chance.randrange(len(free))
            if for_whom(at) and chance.random() < share:
                for _ in range(tries - 1):
                    if is_wanted(free[place]):
                        break
                    place = chance.randrange(len(free))
            given.append(free.pop(place))
        return given

    return system


def pool(size):
    left = Remaining()
    left.give([Run(SERIES, 1, size)])
    return left


def drawn(system, seed, *, size, draws):
    """The draws of a system as an audit sees them; office, hour and clerk take turns and have nothing to do with it."""
    given = system(size, draws, Random(seed))
    steps = [
        Draw(SERIES, number, office=OFFICES[at % 3], at_hour=8 + at % 8, clerk=str(at % 5))
        for at, number in enumerate(given)
    ]
    return list(observe("36-car", pool(size), steps, TABLE))


def runs(numbers):
    return list(joined(sorted((SERIES, number) for number in numbers)))
