"""What this installation must not be when it serves: each refusal says what to change."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

import django.conf
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.db import OperationalError, connection

from hamrong.papers import tokens

TAG: Final = "site"
SECRET_LENGTH: Final = 50

ROLE: Final = """
SELECT rolsuper, rolbypassrls, rolcreaterole,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
               WHERE pg_has_role(current_user, relowner, 'USAGE') AND relkind IN ('r', 'p') AND nspname = 'public')
FROM pg_roles WHERE rolname = current_user
"""


def refusals() -> list[CheckMessage]:
    """Every reason not to serve, Django's own checks included; empty when all is well."""
    return [each for each in run_checks(databases=["default"]) if each.is_serious()]


def own_refusals() -> list[CheckMessage]:
    """The reasons of this file alone: quick, and none of them while the database does not answer."""
    found = [
        *connections_are_kept(),
        *production_is_protected(),
        *seal_is_ready(),
        *role_is_bound_by_row_security(databases=["default"]),
    ]
    return [each for each in found if each.is_serious()]


def connections_are_kept(**_: object) -> list[CheckMessage]:
    """Without a pool each request opens a connection, which costs 5.5 times (measured)."""
    default = django.conf.settings.DATABASES["default"]
    kept = default.get("OPTIONS", {}).get("pool") or default.get("CONN_MAX_AGE")
    if kept or django.conf.settings.ENVIRONMENT.as_owner:
        return []
    return [Error("database connections are not kept between requests: set OPTIONS['pool']", id="site.E001")]


def seal_is_ready(**_: object) -> list[CheckMessage]:
    """A token that is set can be used: better told now than when somebody signs a decision."""
    path = django.conf.settings.HAMRONG_SEAL_TOKEN
    if path is None:
        return []
    if find_spec("pkcs11") is None:
        return [Error("HAMRONG_SEAL_TOKEN needs one package more: pip install 'hamrong[token]'", id="site.E007")]
    try:
        tokens.read(path)
    except tokens.BadToken as error:
        return [Error(f"HAMRONG_SEAL_TOKEN: {error}", id="site.E008")]
    return []


def production_is_protected(**_: object) -> list[CheckMessage]:
    """Keys of a demo are refused earlier, where keys are loaded."""
    settings, env = django.conf.settings, django.conf.settings.ENVIRONMENT
    if env.demo:
        return []
    certificate = bool(env.tls_certificate and env.tls_key)
    rules = [
        (env.tls, "HAMRONG_TLS must be on: people send personal data", "E002"),
        (
            env.tls_proxy or certificate,
            "HAMRONG_TLS_PROXY, or HAMRONG_TLS_CERTIFICATE and HAMRONG_TLS_KEY, are needed",
            "E003",
        ),
        (bool(env.database_url), "DATABASE_URL must name the server and the role hamrong_app", "E004"),
        (len(settings.SECRET_KEY) >= SECRET_LENGTH, f"the signing secret must have {SECRET_LENGTH} characters", "E005"),
        ("*" not in env.allowed_hosts, "HAMRONG_ALLOWED_HOSTS must name the hosts", "E006"),
    ]
    return [Error(text, id=f"site.{number}") for kept, text, number in rules if not kept]


def role_is_bound_by_row_security(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """The second wall stands only for a role that cannot step over it."""
    if "default" not in (databases or []) or django.conf.settings.ENVIRONMENT.as_owner:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(ROLE)
            powers = cursor.fetchone()
    except OperationalError as error:
        return [Warning(f"the database does not answer: {error}", id="site.W010")]  # /readyz tells until it does
    names = ("is a superuser", "may bypass row security", "may make roles", "owns tables")
    return [
        Error(f"the database role {name}: use hamrong_app", id=f"site.E01{number}")
        for number, (name, power) in enumerate(zip(names, powers, strict=True), start=1)
        if power
    ]


def register_all() -> None:
    """Put the checks of this file among those that Django runs."""
    register(connections_are_kept, TAG)
    register(production_is_protected, TAG)
    register(seal_is_ready, TAG)
    register(role_is_bound_by_row_security, Tags.database)
