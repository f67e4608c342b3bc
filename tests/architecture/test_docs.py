"""The documents are true: every dependency is justified, every link leads somewhere, every room is on the map."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
LINK = re.compile(r"\]\(([^)#:/][^)#:]*?)(?:#[^)]*)?\)")


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    used = {re.split(r"[\[>=<]", line)[0] for line in project["dependencies"]}
    page = (ROOT / "docs/decisions/0007-dependencies.md").read_text("utf-8")
    assert set(re.findall(r"`([A-Za-z0-9-]+)`:", page)) == used


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = [target for target in LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()]
    assert dead == []


@pytest.mark.parametrize(
    ("page", "words"), [("README.md", "rules with examples"), ("README.vi.md", "quy tắc có ví dụ")]
)
def test_the_readme_counts_the_rules_of_the_law(page: str, words: str) -> None:
    leaves = [file for file in (ROOT / "src/hamrong/law/data").glob("*/*.yaml") if file.parent.name != "calendar"]
    assert f"| {len(leaves)} {words}" in (ROOT / page).read_text("utf-8")


def test_every_room_is_on_the_map() -> None:
    rooms = {file.parent.name for file in (ROOT / "src/hamrong").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"^\|[^|]*\| `(\w+)` \|", (ROOT / "docs/map.md").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_is_short(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= 20


def test_nothing_names_the_makers_machines() -> None:
    told = re.compile(r"/work/|\.\./shared|/root/|/opt/(pypi|wheels)")
    files = [
        file
        for folder in ("src", "tests", "docs", "bench")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".md", ".yaml", ".sql", ".html", ".toml"}
    ]
    assert [str(file) for file in files if file != Path(__file__) and told.search(file.read_text("utf-8"))] == []


def test_every_measurement_that_is_told_names_its_command_and_the_command_exists() -> None:
    sections = (ROOT / "docs/performance.md").read_text("utf-8").split("\n## ")[1:]
    assert [section.splitlines()[0] for section in sections if "`python -m bench." not in section.splitlines()[0]] == []
    told = {
        name for page in PAGES for name in re.findall(r"(?:-m bench\.|make bench ARGS=)(\w+)", page.read_text("utf-8"))
    }
    assert [name for name in sorted(told) if not (ROOT / f"bench/{name}.py").exists()] == []
