"""Keys: made once, private, and those of a demo are of no use elsewhere."""

import stat
from pathlib import Path

import pytest

from hamrong.site import keys


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    made = keys.make(tmp_path / "keys", demo=True)
    before = keys.load(tmp_path / "keys", demo=True)
    assert set(keys.NAMES) < set(made)
    assert keys.make(tmp_path / "keys", demo=True) == ()
    assert keys.load(tmp_path / "keys", demo=True) == before
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "keys").iterdir()} == {0o600}
    assert {len(key) for key in before.values()} == {keys.SIZE}
    assert len(set(before.values())) == len(keys.NAMES)


def test_production_refuses_a_key_that_was_made_for_a_demo(tmp_path):
    keys.make(tmp_path, demo=True)
    with pytest.raises(keys.KeyProblem, match="made for a demo"):
        keys.load(tmp_path, demo=False)


def test_a_demo_may_run_with_real_keys(tmp_path):
    keys.make(tmp_path, demo=False)
    assert keys.load(tmp_path, demo=True) == keys.load(tmp_path, demo=False)


def test_a_missing_key_is_named(tmp_path):
    keys.make(tmp_path, demo=True)
    (tmp_path / "receipts").unlink()
    with pytest.raises(keys.KeyProblem, match="receipts is missing"):
        keys.load(tmp_path, demo=True)


def test_a_file_that_is_no_key_is_refused(tmp_path):
    keys.make(tmp_path, demo=True)
    (tmp_path / "webhooks").write_text("secret\n", encoding="ascii")
    with pytest.raises(keys.KeyProblem, match="not a key file"):
        keys.load(tmp_path, demo=True)


def test_every_key_is_documented():
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [name for name in keys.NAMES if f"`{name}`" not in text] == []
