"""Holders who do their part of a dealing until nothing is left: `python -m tests.sealed.dealer KEY=SEED …` (hex).

Prints a line for each portion; whoever starts it may kill it at any moment, and start another one.
"""

import sys
from datetime import UTC, datetime
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from hamrong.access.actors import Grant, Target  # noqa: E402
from hamrong.access.decisions import decide  # noqa: E402
from hamrong.access.people import actor_of_person  # noqa: E402
from hamrong.sealed.actions import dealing  # noqa: E402
from hamrong.sealed.models import Key  # noqa: E402
from hamrong.sealed.rings import Ring  # noqa: E402

PORTION = 7


def main() -> None:
    for given in sys.argv[1:]:
        key, _, seed = given.partition("=")
        deal(Key.objects.get(pk=UUID(key)), bytes.fromhex(seed))


def deal(key: Key, seed: bytes) -> None:
    assert key.person is not None
    province = settings.HAMRONG_PROVINCE
    actor = actor_of_person(
        key.person, session="session:dealer", today=timezone.localdate(), province=province, strong=True
    )
    by = decide(actor, "sealed.deal", Target(province=province))
    assert isinstance(by, Grant), by
    ring = Ring(key.person.pk, key, seed)
    while isinstance(got := dealing.deal(by=by, ring=ring, at=datetime.now(UTC), portion=PORTION), dealing.Dealt):
        if not got.done:
            break
        print(got.done, flush=True)


if __name__ == "__main__":
    main()
