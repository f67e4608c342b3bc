"""Every address of the site with its gate: the pages of the resolver, and the operations of the interface."""

import re
import secrets
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from hamrong.access.web import Gate
from hamrong.lodging.api import interface

OPERATIONS = "ninja.operation"
"""The module of the views that Django Ninja makes; their gates are on the functions behind them."""


@dataclass(frozen=True)
class Address:
    """An address as a pattern (`lodging/<place:establishment>/nil`), and what stands in front of it."""

    route: str
    name: str
    gate: Gate | None
    module: str
    methods: tuple[str, ...] = ()

    def path(self, scopes: Mapping[str, str]) -> str:
        """The address for an establishment and a ward; every other part is something that does not exist."""
        return "/" + re.sub(
            r"<(?:(\w+):)?(\w+)>", lambda part: self._part(part[1] or "str", part[2], scopes), self.route
        )

    def _part(self, kind: str, name: str, scopes: Mapping[str, str]) -> str:
        if name in scopes:
            return scopes[name]
        made_up = {
            "uuid": str(uuid.uuid4()), "int": "404", "day": "2026-11-23", "place": "ZZ-9999", "act": "extend",
            "file": "csv", "ward": "99999", "str": f"x{secrets.token_hex(3)}", "path": "tile/9/999",
        }  # fmt: skip
        return str(uuid.uuid4()) if kind == "str" and name in {"stay", "batch", "webhook"} else made_up[kind]


def _walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route, pattern


def all_addresses() -> list[Address]:
    """Every pattern of the resolver, as it stands."""
    return [
        Address(route, pattern.name or "", getattr(pattern.callback, "gate", None), pattern.callback.__module__)
        for route, pattern in _walk(get_resolver())
    ]


def pages() -> list[Address]:
    """The addresses that a browser opens."""
    return [address for address in all_addresses() if address.module != OPERATIONS]


def operations() -> list[Address]:
    """The operations of the interface: one for each address and method."""
    prefix = interface.PREFIX.removeprefix("/")
    return [
        Address(
            prefix + re.sub(r"\{(?:\w+:)?(\w+)\}", r"<\1>", route.removeprefix("/")),
            operation.view_func.__name__,
            getattr(operation.view_func, "gate", None),
            OPERATIONS,
            tuple(operation.methods),
        )
        for _, router in interface.api._routers
        for route, view in router.path_operations.items()
        for operation in view.operations
    ]
