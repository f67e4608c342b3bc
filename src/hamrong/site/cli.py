"""The command `hamrong`. A sub-command's file is loaded only when asked for, so that small ones start at once."""

import importlib
import sys
from pathlib import Path
from typing import Final

import click

COMMANDS: Final = Path(__file__).with_name("commands")
ENVIRONMENT_PROBLEM: Final = 3

EPILOG: Final = """Exit codes: 0 done; 1 done, and problems were found; 2 wrong usage;
3 settings, keys or database cannot be used."""


class Commands(click.Group):
    """Finds `site/commands/<name>.py`, which holds a click command (or group) called <name>."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(file.stem for file in COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"hamrong.site.commands.{cmd_name}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command), f"commands/{cmd_name}.py must hold the click command {cmd_name}"
        return command


@click.group(
    cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="hamrong")
def hamrong() -> None:
    """Hàm Rồng: one house for the digital work of a provincial police force."""


class Unusable(click.ClickException):
    """Settings, keys or database cannot be used: exit code 3."""

    exit_code = ENVIRONMENT_PROBLEM


def main() -> None:
    """Entry of the console script. Text goes out as UTF-8 even where the locale is C."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    hamrong()


if __name__ == "__main__":
    main()
