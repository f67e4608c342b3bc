"""Take what the public package `holidays` says into `holidays.json`; run by hand with the package installed.

The package holds python-dateutil below the version that we run on, so it is no dependency, not even of the tests:
`uv run --no-project --with holidays==0.109 python tests/law/take_holidays.py`.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays

FIRST, LAST = 2012, 2030


def days_without_work(year: int) -> list[str]:
    """Return every Monday to Friday that is off and, with a minus before it, every Saturday or Sunday worked."""
    other = holidays.country_holidays("VN", years=[year - 1, year, year + 1])
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    off = [day.isoformat() for day in days if day.year == year and day.weekday() < 5 and day in other]
    return off + [f"-{day}" for day in sorted(other.weekend_workdays) if day.year == year]


if __name__ == "__main__":
    years = {str(year): days_without_work(year) for year in range(FIRST, LAST + 1)}
    text = json.dumps({"package": f"holidays {holidays.__version__}", **years}, indent=1)
    Path(__file__).with_name("holidays.json").write_text(f"{text}\n", encoding="utf-8")
