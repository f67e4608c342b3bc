"""Every setting that the environment can give: name, type, default and meaning, in one typed table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

SCHEMES: Final = ("postgresql", "postgres")
PAIRS: Final = re.compile(r"\w+ *=")
SPLITTING: Final = re.compile(r"([1-9])-of-([1-9])")
ONION: Final = re.compile(r"[a-z2-7]{56}\.onion")
PROFILES: Final = ("demo", "production")
TRUE: Final = {"1", "true", "yes", "on"}
FALSE: Final = {"0", "false", "no", "off", ""}


class SettingError(ValueError):
    """A setting of the environment cannot be used; the text names each one and says what is expected."""


def _integer(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return value

    return parse


def _switch(text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise ValueError("yes or no")


def _profile(text: str) -> str:
    if text not in PROFILES:
        raise ValueError(" or ".join(PROFILES))
    return text


def _address(text: str) -> str:
    if text and not (PAIRS.match(text) or _is_url(text)):
        raise ValueError("an address such as postgresql://hamrong_app:password@host/hamrong")
    return text


def _is_url(text: str) -> bool:
    """The driver checks more when it connects; commands that need no database do not load it."""
    try:
        parts = urlsplit(text)
        return parts.scheme in SCHEMES and parts.port != 0
    except ValueError:  # its words may quote the password
        return False


def _splitting(text: str) -> tuple[int, int]:
    found = SPLITTING.fullmatch(text.strip())
    needed, holders = map(int, found.groups()) if found else (0, 0)
    if not 2 <= needed <= holders:
        raise ValueError("such as 2-of-3: how many holders open an identity, two at least, of how many, nine at most")
    return needed, holders


def _names(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def _onion(text: str) -> str:
    if text and not ONION.fullmatch(text):
        raise ValueError("the name of an onion service: 56 letters and digits, and .onion")
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _maybe_folder(text: str) -> Path | None:
    return _folder(text) if text else None


def _http(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise ValueError("an address such as https://tsa.example.gov.vn/tsr")
    return text


def _setting(name: str, default: str, parse: Callable[[str], Any], meaning: str) -> Any:
    return field(metadata={"name": name, "default": default, "parse": parse, "meaning": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """The settings of one process, parsed. `docs/operations.md` lists all of them; a test keeps it complete."""

    profile: str = _setting(
        "HAMRONG_PROFILE",
        "demo",
        _profile,
        "`demo` or `production`; the latter refuses demo keys, plain HTTP, a superuser",
    )
    province: str = _setting("HAMRONG_PROVINCE", "38", str, "code of the province police whose installation this is")
    var: Path = _setting("VAR", "var", _folder, "state folder: embedded database, keys, generated files")
    host: str = _setting("HAMRONG_HOST", "127.0.0.1", str, "address that the web server listens on")
    port: int = _setting("PORT", "8000", _integer(1, 65535), "port that the web server listens on")
    database_url: str = _setting(
        "DATABASE_URL", "", _address, "PostgreSQL 16 or newer; empty: the embedded server in `VAR`"
    )
    database_owner_url: str = _setting(
        "DATABASE_OWNER_URL", "", _address, "the role that owns the tables, for `hamrong migrate` in production"
    )
    as_owner: bool = _setting(
        "HAMRONG_AS_OWNER", "no", _switch, "set by `hamrong migrate` for its child process: connect as the owner"
    )
    pool_size: int = _setting(
        "HAMRONG_POOL_SIZE", "8", _integer(1, 200), "database connections that one process may hold"
    )
    delegation_days: int = _setting(
        "HAMRONG_DELEGATION_DAYS",
        "90",
        _integer(1, 366),
        "how many days a leader can delegate a post at most, at a time",
    )
    review_days: int = _setting(
        "HAMRONG_REVIEW_DAYS",
        "30",
        _integer(1, 366),
        "by how many days after a review of what is in force in a case that ended it is asked for again at the latest",
    )
    splitting: tuple[int, int] = _setting(
        "HAMRONG_SPLITTING",
        "2-of-3",
        _splitting,
        "how many holders open the identity of a sealed report, and of how many; what was dealt before keeps its own",
    )
    postgres_port: int = _setting(
        "HAMRONG_POSTGRES_PORT", "0", _integer(0, 65535), "TCP port of the embedded server; 0: Unix socket only"
    )
    postgres_memory: int = _setting(
        "HAMRONG_POSTGRES_MEMORY", "256", _integer(16, 1_000_000), "shared buffers of the embedded server, in MB"
    )
    workers: int = _setting("HAMRONG_WORKERS", "2", _integer(1, 64), "processes of the web server")
    threads: int = _setting("HAMRONG_THREADS", "4", _integer(1, 64), "threads in each process of the web server")
    keys: Path | None = _setting("HAMRONG_KEYS", "", _maybe_folder, "folder of the keys; empty: `VAR/keys`")
    signer: Path | None = _setting(
        "HAMRONG_SIGNER",
        "",
        _maybe_folder,
        "folder of the process that signs: its keys, what it signed, its socket; empty: `VAR/signer`",
    )
    public: Path | None = _setting(
        "HAMRONG_PUBLIC",
        "",
        _maybe_folder,
        "folder of what is published as files: logs, keys; empty: `VAR/public`",
    )
    files: Path | None = _setting(
        "HAMRONG_FILES", "", _maybe_folder, "folder of files that were handed in, sealed; empty: `VAR/files`"
    )
    clamav: str = _setting(
        "HAMRONG_CLAMAV", "", str, "scanner of malware: `host:port` or the path of clamd's socket; empty: none"
    )
    seal_token: Path | None = _setting(
        "HAMRONG_SEAL_TOKEN",
        "",
        _maybe_folder,
        "file (TOML) that describes the token with the key of the electronic seal (PKCS#11); empty: a trial seal",
    )
    time_authority: str = _setting(
        "HAMRONG_TIME_AUTHORITY",
        "",
        _http,
        "address of a time stamping authority (RFC 3161), whose stamp every signed paper gets; empty: none",
    )
    witnesses: Path | None = _setting(
        "HAMRONG_WITNESSES", "", _maybe_folder, "file that lists the witnesses of the logs; empty: `VAR/witnesses.json`"
    )
    beacon: str = _setting(
        "HAMRONG_BEACON", "", str, "what decides draws: `quicknet`, a file that describes a beacon, or empty: none"
    )
    beacon_source: str = _setting(
        "HAMRONG_BEACON_SOURCE",
        "",
        str,
        "where its rounds come from: addresses by comma, or a folder that a relay fills; empty: `VAR/beacon`",
    )
    origin: str = _setting(
        "HAMRONG_ORIGIN", "hamrong.example", str, "name that the public logs of this installation begin with"
    )
    secret_key: str = _setting("HAMRONG_SECRET_KEY", "", str, "Django's signing secret; empty: the key `django`")
    secret_key_file: Path | None = _setting(
        "HAMRONG_SECRET_KEY_FILE", "", _maybe_folder, "file that holds the signing secret"
    )
    allowed_hosts: tuple[str, ...] = _setting(
        "HAMRONG_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", _names, "host names that are answered, by comma"
    )
    onion: str = _setting(
        "HAMRONG_ONION", "", _onion, "name of the onion service in front of the door of denunciations; empty: none"
    )
    trusted_origins: tuple[str, ...] = _setting(
        "HAMRONG_TRUSTED_ORIGINS", "", _names, "origins (`https://…`) whose forms are accepted, by comma"
    )
    tls: bool = _setting(
        "HAMRONG_TLS", "no", _switch, "visitors come over HTTPS: secure cookies, HSTS; production demands it"
    )
    tls_proxy: bool = _setting(
        "HAMRONG_TLS_PROXY", "no", _switch, "a proxy in front ends TLS and sets X-Forwarded-Proto"
    )
    tls_certificate: Path | None = _setting(
        "HAMRONG_TLS_CERTIFICATE", "", _maybe_folder, "certificate (PEM) when the web server itself ends TLS"
    )
    tls_key: Path | None = _setting("HAMRONG_TLS_KEY", "", _maybe_folder, "private key (PEM) of that certificate")
    kbtt_url: str = _setting(
        "HAMRONG_KBTT_URL", "", str, "address of the ministry's interface (KBTT); empty: nothing is handed on"
    )
    kbtt_client: str = _setting("HAMRONG_KBTT_CLIENT", "", str, "name of this province as a client of that interface")
    kbtt_secret_file: Path | None = _setting(
        "HAMRONG_KBTT_SECRET_FILE",
        "",
        lambda text: _folder(text) if text else None,
        "file that holds the client's secret",
    )
    log_level: str = _setting("HAMRONG_LOG_LEVEL", "INFO", str.upper, "DEBUG, INFO, WARNING or ERROR")

    @property
    def demo(self) -> bool:
        return self.profile == "demo"

    @property
    def keys_folder(self) -> Path:
        return self.keys or self.var / "keys"

    @property
    def public_folder(self) -> Path:
        return self.public or self.var / "public"

    @property
    def files_folder(self) -> Path:
        return self.files or self.var / "files"

    @property
    def witnesses_file(self) -> Path:
        return self.witnesses or self.var / "witnesses.json"

    @property
    def signer_folder(self) -> Path:
        return self.signer or self.var / "signer"


def read(environ: Mapping[str, str]) -> Environment:
    """The settings that `environ` gives; SettingError names every setting that cannot be read, not only the first."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for each in fields(Environment):
        meta = each.metadata
        text = environ.get(meta["name"], "") or meta["default"]
        try:
            values[each.name] = meta["parse"](text)
        except ValueError as error:
            shown = "" if meta["parse"] is _address else f"={text!r}"
            problems.append(f"{meta['name']}{shown}: {error}")
    if problems:
        raise SettingError("; ".join(problems))
    return Environment(**values)


def table() -> tuple[tuple[str, str, str], ...]:
    """(name, default, meaning) of every setting, in the order of the documentation."""
    return tuple(
        (each.metadata["name"], each.metadata["default"], each.metadata["meaning"]) for each in fields(Environment)
    )
