"""What is said about a batch's rows as a whole."""

import msgspec
import pytest

from hamrong.lodging.actions import batches
from tests import world


def send(place, mode, *guests):
    data = msgspec.json.encode([msgspec.to_builtins(guest) for guest in guests])
    by = world.as_host(place, "batch.submit", role="machine")
    return batches.submit(
        by=by, place=place, data=data, at=world.NOW, mode=mode, media_type="application/json", file_name=""
    )


@pytest.mark.parametrize("mode", ["submit", "validate"])
def test_a_batch_of_which_nothing_is_kept_still_names_the_law_it_was_judged_by(mode):
    place = world.an_establishment()
    kept = send(place, "submit", world.a_guest())
    nothing = send(place, mode, world.a_guest(full_name=None))
    assert nothing.receipt == ""
    assert nothing.law_version == kept.law_version != ""
