"""What import contracts cannot see: references by a string may point only down, and never into another system."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.template import engines

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hamrong"

REFERENCES = {
    "{% include %}, {% extends %} and {% static %}": re.compile(r"{%-?\s*(?:include|extends|static)\s+['\"](\w+)/"),
    "{% url %}": re.compile(r"{%-?\s*url\s+['\"](\w+):"),
    "reverse() and redirect()": re.compile(r"\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*['\"](\w+):"),
    "names of templates": re.compile(r"\b(?:render|render_to_string|get_template)\(\s*(?:request,\s*)?['\"](\w+)/"),
}
LOADS = re.compile(r"{%-?\s*load\s+([\w\s]+?)(?:\s+from\s+(\w+))?\s*-?%}")


def floors():
    """Room → number of its floor, from the contract in pyproject.toml: the top is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    return {room.strip(" ()"): number for number, layer in enumerate(layers) for room in layer.split("|")}


FLOORS = floors()


def points_down(room, other):
    """Whether `room` may know `other`; what is not a room of ours is a library, and below everything."""
    return other not in FLOORS or room == other or FLOORS[room] < FLOORS[other]


def sources(*patterns):
    for room in FLOORS:
        for pattern in patterns:
            yield from ((room, file) for file in (SOURCE / room).rglob(pattern))


def library_rooms():
    """Name of a template library → the room that it lies in."""
    libraries = engines["django"].engine.libraries
    return {name: path.split(".")[1] for name, path in libraries.items() if path.startswith("hamrong.")}


def test_the_contract_places_every_room():
    rooms = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").is_file()}
    assert rooms - set(FLOORS) == set()


def test_tables_refer_only_to_tables_below():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if not points_down(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_migrations_wait_only_for_migrations_below():
    loader = MigrationLoader(None)
    wrong = [
        f"{room}.{name} → {other}"
        for (room, name), migration in loader.disk_migrations.items()
        if room in FLOORS
        for other, _name in [*migration.dependencies, *migration.run_before]
        if not points_down(room, str(other))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", REFERENCES)
def test_references_by_a_string_point_only_down(kind):
    wrong = [
        f"{file.relative_to(SOURCE)} → {other}"
        for room, file in sources("*.py", "*.html", "*.txt", "*.svg")
        for other in REFERENCES[kind].findall(file.read_text(encoding="utf-8"))
        if not points_down(room, other)
    ]
    assert wrong == []


def test_template_libraries_come_from_below():
    rooms = library_rooms()
    wrong = [
        f"{file.relative_to(SOURCE)} → {name}"
        for room, file in sources("*.html", "*.txt")
        for names, origin in LOADS.findall(file.read_text(encoding="utf-8"))
        for name in ([origin] if origin else names.split())
        if not points_down(room, rooms.get(name, ""))
    ]
    assert wrong == []


def test_the_rule_itself_knows_up_from_down():
    assert points_down("lodging", "ui") and points_down("site", "lodging") and points_down("lodging", "lodging")
    assert not points_down("ui", "lodging") and not points_down("lodging", "plates") and not points_down("org", "audit")
    assert points_down("org", "django")


SLOW = re.compile(r"^(?:from|import) (?:openpyxl|pyhanko|weasyprint)\b", re.M)
"""Libraries that would make every process of the house start half as fast."""

NEEDED_LATE = {
    "hamrong.papers.pades",
    "hamrong.papers.pkcs11",
    "hamrong.papers.weasy",
    "hamrong.lodging.workbooks.annotated",
}


def test_libraries_that_are_slow_to_load_are_loaded_when_somebody_needs_them():
    texts = {
        ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts): file.read_text() for _, file in sources("*.py")
    }
    assert {name for name, text in texts.items() if SLOW.search(text)} == NEEDED_LATE
    files = "|".join(sorted(name.rpartition(".")[2] for name in NEEDED_LATE))
    taken = re.compile(
        rf"^(?:from|import) hamrong\.\S+\b(?:{files})\b|^from hamrong\.\S+ import .*\b(?:{files})\b", re.M
    )
    assert [name for name, text in texts.items() if taken.search(text)] == []
