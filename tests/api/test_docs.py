"""The guide to the interface does what it says."""

import os
import re
import subprocess
import sys
from pathlib import Path

from hamrong.lodging.api import problems
from tests import world
from tests.conftest import Site

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


def test_every_block_of_the_guide_runs(live_server: Site, tmp_path: Path) -> None:
    place = world.an_establishment()
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) > 8
    environ = {
        **{name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HAMRONG": live_server.url,
        "KEY": world.a_key(place),
        "PLACE": place.code,
    }
    script = "set -euxo pipefail\n" + "\n".join(blocks)
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_the_guide_names_every_problem() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [code for code in problems.known() if f"`{code}`" not in text] == []
