"""Word files as forms: which fields they need is read from them, and a closed environment fills them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment


@dataclass(frozen=True, slots=True)
class Needs:
    """The fields of a form: those it cannot do without, and those that it asks for with `{% if … %}`."""

    required: frozenset[str]
    optional: frozenset[str]


def environment() -> ImmutableSandboxedEnvironment:
    """What a form may do: print, repeat, ask. No attribute of Python, no function, no other file.

    `{{ name|hoa_dau }}` begins a sentence with a capital letter and leaves the rest as it is.
    """
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    made.filters["hoa_dau"] = lambda text: text[:1].upper() + text[1:]
    return made


@cache
def needs(file: Path) -> Needs:
    """Which fields a Word file uses; raises `jinja2.TemplateSyntaxError` where a lawyer's bracket is not closed."""
    template = DocxTemplate(file)
    template.init_docx()
    tree = environment().parse(template.patch_xml(template.get_xml()))
    names = meta.find_undeclared_variables(tree)
    asked = {name.name for test in tree.find_all(nodes.If) for name in _names(test.test)}
    return Needs(frozenset(names - asked), frozenset(names & asked))


def _names(test: nodes.Node) -> list[nodes.Name]:
    return [test] if isinstance(test, nodes.Name) else list(test.find_all(nodes.Name))


def filled(file: Path, values: Mapping[str, Any]) -> bytes:
    """The Word file with its fields filled in: text, or a list of paragraphs; optional ones may be missing.

    Raises `jinja2.UndefinedError` where a required field is missing.
    """
    template = DocxTemplate(file)
    template.render({**dict.fromkeys(needs(file).optional), **values}, environment())
    written = BytesIO()
    template.save(written)
    return written.getvalue()
