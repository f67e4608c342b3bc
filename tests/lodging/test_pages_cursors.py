"""Where a page begins survives the address; anything else begins at the first."""

from datetime import date
from uuid import UUID

import pytest

from hamrong.lodging.pages.cursors import read_cursor, written_cursor

STAY = UUID("0199d3a0-0000-7000-8000-000000000001")


def test_what_was_written_is_read_again():
    cursor = (date(2026, 11, 23), STAY)
    assert read_cursor(written_cursor(cursor)) == cursor
    assert written_cursor(None) == ""


@pytest.mark.parametrize("text", ["", ".", "2026-11-23", "2026-11-23.x", f"2026-02-30.{STAY}", f"20261123.{STAY}"])
def test_anything_else_is_no_cursor(text):
    assert read_cursor(text) is None
