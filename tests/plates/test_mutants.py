"""A sample of the mutants of draws, ranks, numbers and receipts; `make mutants` runs them all."""

from tests.kernel.proofs.mutants import survivors
from tests.plates import mutants, mutants_receipts


def test_changes_to_rules_ranks_and_receipts_are_noticed():
    tried, unnoticed = survivors([*mutants.TARGETS, *mutants_receipts.TARGETS], every=14)
    assert tried >= 20
    assert [name for name in unnoticed if name not in {**mutants.EQUIVALENT, **mutants_receipts.EQUIVALENT}] == []
