"""What our own workbooks say, from `words.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words() -> Mapping[str, Any]:
    """Names of sheets and columns, outcomes, prompts and the guide."""
    read: Mapping[str, Any] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return read
