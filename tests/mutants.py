"""All mutants of the code that judges proofs; `make mutants` runs them and prints what nobody noticed."""

import sys
from typing import Final

from tests.kernel.proofs import mutants as trees
from tests.kernel.proofs import mutants_signing as signing
from tests.plates import mutants as draws
from tests.plates import mutants_receipts as receipts

ROOMS: Final = (trees, signing, draws, receipts)
EQUIVALENT: Final = {name: why for room in ROOMS for name, why in room.EQUIVALENT.items()}


def main() -> int:
    """Exit code 1 where a mutant lives that is not listed with its reason, or one is listed that does not live."""
    count, found = trees.survivors(target for room in ROOMS for target in room.TARGETS)
    for name in found:
        print(f"{'equivalent' if name in EQUIVALENT else 'SURVIVES'}  {name}  {EQUIVALENT.get(name, '')}")
    print(f"{count} mutants, {count - len(found)} killed, {len(found)} not")
    for name in EQUIVALENT.keys() - set(found):
        print(f"listed, and was noticed: {name}")
    return int(set(found) != EQUIVALENT.keys())


if __name__ == "__main__":
    sys.exit(main())
