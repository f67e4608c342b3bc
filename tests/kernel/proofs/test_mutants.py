"""A sample of the mutants of the code that judges proofs; `make mutants` runs them all."""

from tests.kernel.proofs.mutants import EQUIVALENT, survivors


def test_changes_to_the_judging_code_are_noticed():
    tried, unnoticed = survivors(every=7)
    assert tried >= 25
    assert [name for name in unnoticed if name not in EQUIVALENT] == []
