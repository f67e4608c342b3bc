"""Papers set by typst, with the fonts of the house: the same input always gives the same bytes."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst

FONTS: Final = Path(__file__).parent / "fonts"


def set_paper(template: Path, given: Mapping[str, Any], created: datetime) -> bytes:
    """A PDF of a template that reads `json(bytes(sys.inputs.data))`; `created` is the time that it bears."""
    pdf: bytes = typst.compile(
        str(template),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(given, ensure_ascii=False, sort_keys=True)},
        timestamp=int(created.timestamp()),
    )
    return pdf
