"""docs/reference.md lists every role, purpose, act, rule of law, command and address there is."""

from pathlib import Path

from hamrong.site.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"


def test_the_page_is_what_the_house_is() -> None:
    assert PAGE.read_text("utf-8") == reference(), "run `.venv/bin/hamrong reference > docs/reference.md`"
