"""Two places in one file: whatever a crash leaves of a write, what was kept before it is there."""

from pathlib import Path

import pytest

from hamrong.audit.slots import HEAD, MOST, SLOT, Slots


def test_what_was_kept_last_is_there_after_a_start(tmp_path: Path) -> None:
    kept = Slots(tmp_path / "x")
    assert kept.kept == b""
    for body in (b"one", b"", b"three" * 100, b"four"):
        kept.keep(body)
        assert Slots(tmp_path / "x").kept == kept.kept == body


@pytest.mark.parametrize("before", [0, 1, 2, 5])
@pytest.mark.parametrize("cut", [1, 31, 33, HEAD - 1, HEAD, HEAD + 3])
def test_a_write_that_ended_half_way_leaves_what_was_kept_before_it(tmp_path: Path, before: int, cut: int) -> None:
    path = tmp_path / "x"
    kept = Slots(path)
    for turn in range(before):
        kept.keep(b"kept %d" % turn)
    was = path.read_bytes().ljust(2 * SLOT, b"\0")
    kept.keep(b"never whole")
    place = (before + 1) % 2 * SLOT
    now = path.read_bytes().ljust(2 * SLOT, b"\0")
    path.write_bytes(was[:place] + now[place : place + cut] + was[place + cut :])
    again = Slots(path)
    assert again.kept == (b"kept %d" % (before - 1) if before else b"")
    again.keep(b"next")
    assert Slots(path).kept == b"next"


def test_a_file_of_which_nothing_can_be_read_is_not_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\1" * 2 * SLOT)
    with pytest.raises(ValueError, match="damaged"):
        Slots(tmp_path / "x")


def test_what_does_not_fit_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    kept = Slots(tmp_path / "x")
    kept.keep(b"m" * MOST)
    with pytest.raises(ValueError, match="too many"):
        kept.keep(b"m" * (MOST + 1))
    assert Slots(tmp_path / "x").kept == b"m" * MOST
