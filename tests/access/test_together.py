"""Work of many threads done by one: everybody gets the own answer, and a failure frees everybody."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from hamrong.access.together import Together


def test_everybody_gets_the_answer_to_the_own_question() -> None:
    groups: list[int] = []

    def work(given: Sequence[int]) -> list[int]:
        groups.append(len(given))
        return [number * 2 for number in given]

    together = Together(work, most=8)
    with ThreadPoolExecutor(32) as threads:
        answers = list(threads.map(together.ask, range(2000)))
    assert answers == [number * 2 for number in range(2000)]
    assert sum(groups) == 2000
    assert max(groups) <= 8


def test_whoever_comes_while_others_are_worked_off_is_done_with_the_next() -> None:
    groups: list[list[int]] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(given: Sequence[int]) -> list[int]:
        groups.append(sorted(given))
        begun.set()
        go_on.wait(10)
        return list(given)

    together = Together(work)
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(together.ask, 0)
        begun.wait(10)
        others = [threads.submit(together.ask, number) for number in (1, 2, 3)]
        while len(together._queue) < 3:
            pass
        go_on.set()
        assert [each.result(10) for each in (first, *others)] == [0, 1, 2, 3]
    assert groups == [[0], [1, 2, 3]]


def test_a_failure_is_the_leaders_and_the_next_can_lead() -> None:
    def work(given: Sequence[int]) -> list[int]:
        if 1 in given:
            raise ZeroDivisionError
        return list(given)

    together = Together(work)
    with pytest.raises(ZeroDivisionError):
        together.ask(1)
    assert together.ask(2) == 2
