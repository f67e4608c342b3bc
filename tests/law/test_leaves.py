"""A faulty leaf is refused with its file and line."""

from pathlib import Path

import pytest

from hamrong.law.leaves import Source
from hamrong.law.shape import LawError, Text

from . import leaf


def line_of(text: str) -> int:
    return leaf.SMALL[: leaf.SMALL.index(text)].count("\n") + 1


def refusal(tmp_path: Path, *changes: tuple[str, str]) -> str:
    with pytest.raises(LawError) as refused:
        leaf.small(tmp_path, *changes)
    return str(refused.value).removeprefix(str(tmp_path / "demo" / "term.yaml"))


def test_the_small_leaf_itself_is_sound(tmp_path: Path) -> None:
    assert leaf.faults(leaf.small(tmp_path), "demo.term") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("side: agency", "side: agency\nsdie: agency", 4, "unknown field `sdie`"),
        ("  term: {n: 5,", "  tern: {n: 5,", 12, "unknown field `tern`"),
        ("count: hour}", "count: hour, roll: none}", 12, "unknown field `roll`"),
        ("  evidence: {status: general, source: thử}\n", "", 7, "missing required field `evidence`"),
        ("status: general, source: thử", "status: general", 11, "missing required field `source`"),
        ("source: thử", 'source: ""', 11, "length >= 1"),
        ("en: Trial", 'en: ""', 2, "length >= 1"),
        ("vi: Thử, ", "", 2, "missing required field `vi`"),
        ("  to: null\n", "", 7, "missing required field `to`"),
        ("side: agency", "side: police", 3, "Invalid enum value 'police'"),
        ("kind: limit", "kind: soon", 4, "Invalid enum value 'soon'"),
        ("unit: hour", "unit: week", 12, "Invalid enum value 'week'"),
        ("count: hour", "count: lunar", 12, "Invalid enum value 'lunar'"),
        ("status: general", "status: sure", 11, "Invalid enum value 'sure'"),
        ("n: 5", "n: 0", 12, ">= 1"),
        ("n: 5", "n: five", 12, "Expected `int`"),
        ("from: 2020-01-01", "from: 2020-02-30", 7, "Invalid RFC3339"),
        ("id: demo.term", "id: Demo", 1, "matching regex"),
        ("side: agency", "side: agency\nside: citizen", 4, "the key 'side' stands twice"),
        ("n: 5", "n: 5, n: 6", 12, "the key 'n' stands twice"),
        ("side: agency", "side: agency\non: guest", 4, "the bare key 'on'"),
        ("side: agency", "side: agency\nNo: 1", 4, "the bare key 'No'"),
        ("side: agency", "side: agency\n12: 1", 4, "the bare key '12'"),
        ("side: agency", "side: yes", 3, "the bare value 'yes' is true or false"),
        ("n: 5", "n: 23:00", 12, "the bare time '23:00' is a number"),
        ("article: 30}", "article: &a 30, clause: *a}", 10, "an alias"),
        ("side: agency", "side: [agency", 4, "did not find expected"),
        ("examples:\n- {start: 2020-01-01T00:00:00+07:00, version: 2020-01-01, strict: 2020-01-01T05:00:00+07:00}\n",
         "examples: []\n", 13, "length >= 1"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    said = refusal(tmp_path, (old, new))
    assert said.startswith(f":{line}: "), said
    assert reason in said


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(LawError, match=r"empty\.yaml:1: the file is empty"):
        Source(path)


def test_an_entry_under_a_dotted_name_is_refused_on_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "texts.yaml"
    path.write_text("a.b: {vi: một, en: one}\nc.d:\n  vi: hai\n  enn: two\n", encoding="utf-8")
    with pytest.raises(LawError, match=r"texts\.yaml:4: .*unknown field `enn`"):
        Source(path).entries(Text)


def test_a_file_of_entries_must_have_names(tmp_path: Path) -> None:
    path = tmp_path / "texts.yaml"
    path.write_text("- {vi: một, en: one}\n", encoding="utf-8")
    with pytest.raises(LawError, match=r"texts\.yaml:1: "):
        Source(path).entries(Text)


def test_quoted_words_and_times_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "texts.yaml"
    path.write_text('"on": {vi: "yes", en: "23:00"}\n', encoding="utf-8")
    assert Source(path).entries(Text) == {"on": Text(vi="yes", en="23:00")}
