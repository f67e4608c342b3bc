"""What does not fit together in the files of rules is named."""

import shutil
from pathlib import Path

import pytest

from hamrong.kernel.documents.plates import PlateRuleError, book, load
from hamrong.kernel.documents.plates.book import DATA
from hamrong.kernel.documents.plates.faults import faults


def test_the_shipped_rules_have_none() -> None:
    assert list(faults(book())) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("versions.yaml", "to: 2023-08-14", "to: 2023-08-13", "does not begin on the day after"),
        ("versions.yaml", "to: null", "to: 2030-01-01", "the last one an end"),
        ("versions.yaml", "sources: [thesis-2026", "sources: [thesis-2062", "unknown source thesis-2062"),
        ("forms.yaml", "letters: [twenty]", "letters: [forty]", "car: unknown alphabets ['forty']"),
        ("forms.yaml", "face: car", "face: lorry", "car: unknown faces ['lorry']"),
        ("forms.yaml", "remarks: [old_symbol]", "remarks: [new_symbol]", "unknown remarks ['new_symbol']"),
        ("forms.yaml", "under: [before-2020", "under: [before-1900", "unknown versions ['before-1900']"),
        ("forms.yaml", "instead_of: [motorcycle.moped]", "instead_of: [moped]", "unknown forms ['moped']"),
        ("forms.yaml", "widths: [5, 4, 3]", "widths: [5, 2]", "unknown old numbers ['2']"),
        ("forms.yaml", "symbol: RM", "apart: true", "trailer: a series is a symbol"),
        ("forms.yaml", "symbol: RM", "symbol: RM\n    army: true", "trailer: a series is a symbol"),
        ("forms.yaml", "[code, letters, country, number]", "[code, letters, number, country]", "the number last"),
        ("forms.yaml", "id: car.state", "id: car", "the form car stands 2 times"),
        ("forms.yaml", "unsure: G", "unsure: R", "issues what is unsure"),
        ("forms.yaml", "disputed: R", "disputed: Q", "does not issue what is disputed"),
        ("codes.yaml", '["13"]', '["13", "36"]', "['36'] are reserved twice"),
        ("codes.yaml", "source: parking-software", "source: nobody", "unknown source nobody"),
        ("provinces.csv", "Hưng Yên,Hưng Yên,1", "Hưng Yên,Hưng Yên,3", "the turns of Hưng Yên"),
        ("words.yaml", "  too_long:", "  too_wide:", "reasons: missing or not used: ['too_long', 'too_wide']"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(tmp_path: Path, file: str, before: str, after: str, told: str) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(PlateRuleError) as refused:
        load(folder)
    assert file in str(refused.value) and told in str(refused.value)


@pytest.mark.parametrize(
    ("file", "start", "end", "told"),
    [
        ("forms.yaml", "    about:\n", "    certainty", "nothing about them"),
        ("forms.yaml", "  red:\n", "faces:", "nothing is said of the colours ['red']"),
    ],
)
def test_what_must_be_said_and_is_not(tmp_path: Path, file: str, start: str, end: str, told: str) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (folder / file).read_text("utf-8")
    cut = text.index(start)
    (folder / file).write_text(text[:cut] + text[text.index(end, cut) :], "utf-8")
    with pytest.raises(PlateRuleError, match=told.replace("[", r"\[")):
        load(folder)
