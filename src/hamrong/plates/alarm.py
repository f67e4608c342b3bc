"""How long a place may wait for its number until everybody is told that it waits (`alarm.yaml`)."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import yaml

MINUTES: Final[int] = yaml.safe_load((Path(__file__).parent / "alarm.yaml").read_text("utf-8"))["minutes"]
AFTER: Final = timedelta(minutes=MINUTES)
