"""A sample of the mutants of trees, signatures and random values; `make mutants` runs them all."""

from tests.kernel.proofs import mutants, mutants_signing


def test_changes_to_the_judging_code_are_noticed():
    tried, unnoticed = mutants.survivors([*mutants.TARGETS, *mutants_signing.TARGETS], every=15)
    assert tried >= 40
    assert [name for name in unnoticed if name not in {**mutants.EQUIVALENT, **mutants_signing.EQUIVALENT}] == []
