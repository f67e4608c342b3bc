"""The house in lists, for `docs/reference.md`: roles, purposes, acts, rules of law, commands, functions, addresses."""

from collections.abc import Iterable, Iterator, Sequence

import click
from django.urls import URLPattern, URLResolver, get_resolver

from hamrong.access.decisions import registered
from hamrong.access.roles import purposes, roles
from hamrong.law import retentions, rules
from hamrong.site.cli import hamrong
from hamrong.site.functions import written

HEAD = """# Reference
Made by `hamrong reference`; a test fails when it is not up to date. What each thing is for, its own page says.
"""


def reference() -> str:
    """The whole page in Markdown."""
    return "\n".join([HEAD, *_roles(), *_acts(), *_law(), *_commands(), *_functions(), *_addresses()])


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"## {title}"
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


def _roles() -> Iterator[str]:
    rows = [
        (f"`{role.code}`", role.vi, role.en, role.scope, "yes" if role.strong else "no") for role in roles().values()
    ]
    yield from _table("Roles", ("role", "Vietnamese", "English", "scope", "second factor"), rows)
    told = [(f"`{one.code}`", one.vi, one.en, "yes" if one.case else "no") for one in purposes().values()]
    yield from _table("Purposes", ("purpose", "Vietnamese", "English", "needs a case number"), told)


def _acts() -> Iterator[str]:
    rows = [
        (f"`{act}`", ", ".join(row.roles), ", ".join(row.purposes), row.law)
        for act, row in sorted(registered().items())
    ]
    yield from _table("Acts", ("act", "who", "for what", "law"), rows)


def _law() -> Iterator[str]:
    rows = [
        (f"`{rule.id}`", rule.title.vi, rule.title.en, ", ".join(each.start.isoformat() for each in rule.versions))
        for rule in rules()
    ]
    yield from _table("Rules of law", ("rule", "Vietnamese", "English", "versions from"), rows)
    kept = [(f"`{name}`", one.title.vi, one.title.en, str(one.months)) for name, one in retentions().items()]
    yield from _table("Retention", ("what", "Vietnamese", "English", "months"), kept)


def _commands() -> Iterator[str]:
    yield from _table(
        "Commands", ("command", "what it does"), ((f"`{line}`", what) for line, what in commands(hamrong))
    )


def commands(group: click.Command, before: str = "hamrong") -> Iterator[tuple[str, str]]:
    """(command line, what it does) of every command below a group."""
    context = click.Context(group)
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{before} {name}", command.get_short_help_str(200)
        yield from commands(command, f"{before} {name}")


def _functions() -> Iterator[str]:
    """Where to read a database function that a later migration wrote anew; the others stand in one file."""
    files = {name: [f"`{file}`" for file in dict.fromkeys(found)] for name, found in sorted(written().items())}
    rows = [(f"`{name}`", found[-1], ", ".join(found[:-1])) for name, found in files.items() if len(found) > 1]
    yield from _table("Database functions that were written anew", ("function", "in force in", "before that in"), rows)


def _addresses() -> Iterator[str]:
    rows = sorted({(f"`/{address}`", name) for address, name in addresses(get_resolver().url_patterns)})
    yield from _table("Addresses", ("address", "name"), rows)


def addresses(
    patterns: Iterable[URLPattern | URLResolver], before: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """(address, name) of every page and operation."""
    for one in patterns:
        address = before + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            below = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, address, below)
        else:
            yield address, f"{space}{one.name}" if one.name else ""
