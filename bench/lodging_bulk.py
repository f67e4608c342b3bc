"""Bulk intake through the real HTTP stack over raw COPY of the same rows, in the same run; time, growth and memory."""

import argparse
import http.client
import io
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
import xlsxwriter
from bench import harness, intake_world

from hamrong.law import VIETNAM
from hamrong.site.children import Child

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON: Final = "application/json"
HEADER: Final = (
    "Mã tham chiếu", "Họ và tên", "Giới tính", "Ngày sinh", "Quốc tịch", "Loại giấy tờ", "Số giấy tờ", "Nơi cư trú",
    "Ngày giờ đến", "Ngày giờ đi dự kiến", "Phòng", "Lý do",
)  # fmt: skip


def body(kind: str, rows: int, run: int) -> bytes:
    """A list of invented guests; other runs have other ones."""
    now = datetime.now(VIETNAM).replace(microsecond=0)
    arrival, departure = now - timedelta(minutes=20), now + timedelta(hours=14)
    numbers = range(run * 7, run * 7 + rows)
    if kind == JSON:
        times = (arrival.isoformat(), departure.isoformat())
        return json.dumps([intake_world.guest(number, *times) for number in numbers]).encode()
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Khách")
        sheet.write_row(0, 0, HEADER)
        for at, number in enumerate(numbers, 1):
            told = intake_world.guest(number, "", "")
            sheet.write_row(at, 0, (
                told["client_ref"], told["full_name"], "Nam", "17/05/1990", "Việt Nam", "CCCD",
                told["document"]["number"], "Thanh Hóa", f"{arrival:%d/%m/%Y %H:%M}", f"{departure:%d/%m/%Y %H:%M}",
                "101", "Du lịch",
            ))  # fmt: skip
    return out.getvalue()


def ask(url: str, method: str, path: str, place: int, content: bytes = b"", kind: str = JSON) -> dict[str, Any]:
    """One request with the key of an establishment; anything but 2xx ends the measurement."""
    at = urlsplit(url)
    client = http.client.HTTPConnection(str(at.hostname), at.port, timeout=300)
    headers = {"Authorization": f"Bearer {intake_world.key(place)}", "Content-Type": kind}
    client.request(method, path, content or None, headers)
    answer = client.getresponse()
    told = answer.read()
    client.close()
    if answer.status // 100 != 2:
        raise SystemExit(f"{method} {path}: {answer.status} {told[:400]!r}")
    found: dict[str, Any] = json.loads(told)
    return found


def take_in(url: str, place: int, content: bytes, kind: str, rows: int) -> tuple[float, str]:
    """Seconds from the first byte sent until every row is kept and answered, and the batch's id."""
    began = time.perf_counter()
    batch = ask(url, "POST", "/api/v1/batches?mode=submit", place, content, kind)
    while batch["state"] in ("queued", "running"):
        time.sleep(0.05)
        batch = ask(url, "GET", f"/api/v1/batches/{batch['id']}", place)
    took = time.perf_counter() - began
    if batch["state"] != "done" or batch["accepted"] + batch["accepted_with_warnings"] != rows:
        raise SystemExit(f"not every row was kept: {batch}")
    return took, str(batch["id"])


def raw_copy(db: "psycopg.Connection[Any]", batch: str) -> float:
    """Seconds that PostgreSQL alone takes for COPY of the same rows, ready made, into a table with the same indexes."""
    made = []
    with db.cursor().copy(
        "copy (select * from lodging_stay where batch = %s) to stdout (format binary)", [batch]
    ) as out:
        made = [bytes(each) for each in out]
    ready = b"".join(made)
    db.execute("truncate bench_stay")
    db.execute("checkpoint")
    began = time.perf_counter()
    with db.cursor().copy("copy bench_stay from stdin (format binary)") as into:
        for start in range(0, len(ready), 1 << 20):
            into.write(ready[start : start + (1 << 20)])
    return time.perf_counter() - began


@contextmanager
def worker() -> Iterator[Child]:
    """The process that takes queued batches in, as `hamrong up` runs it."""
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    child = Child("the job worker", [sys.executable, "-m", "hamrong.site.cli", "jobs", "worker"], environ)
    child.start()
    try:
        yield child
    finally:
        child.stop()


def measure(home: harness.House, kind: str, rows: int, rounds: int, place: Iterator[int]) -> dict[str, Any]:
    """Intake and raw COPY in turn, so that a machine that slows down slows both."""
    times, ratios = [], []
    take_in(home.url, next(place), body(kind, 500, 1), kind, 500)
    for run in range(rounds):
        content = body(kind, rows, run)
        took, batch = take_in(home.url, next(place), content, kind, rows)
        with home.admin() as db:
            raw = raw_copy(db, batch)
        times.append(took)
        ratios.append(raw / took)
        print(f"  {rows:>6} rows: {took:6.2f} s, COPY {rows / raw:6.0f} rows/s, ratio {raw / took:.2f}", flush=True)
    return {
        "rows_per_second": round(rows / harness.median(times)), "of_copy": round(harness.median(ratios), 3),
        "seconds": round(harness.median(times), 2), "ms": harness.percentiles(times), "rounds": rounds,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 20_000, 100_000])
    parser.add_argument("--kinds", nargs="+", default=["json", "xlsx"], choices=["json", "xlsx"])
    chosen = parser.parse_args()
    results: dict[str, Any] = {}
    with harness.house() as home:
        intake_world.fill(home)
        with home.admin() as db:
            db.execute("select lodging_open_month(current_date)")
            month = f"lodging_stay_{datetime.now(VIETNAM):%Y%m}"
            db.execute(f"create table bench_stay (like {month} including all)")
        places = iter(range(intake_world.PLACES))
        with harness.serving(home), worker() as working:
            for name in chosen.kinds:
                kind = JSON if name == "json" else XLSX
                for rows in chosen.rows:
                    results[f"{name}_{rows}"] = measure(home, kind, rows, chosen.rounds, places)
                    print(f"{name} {rows}: {results[f'{name}_{rows}']}", flush=True)
            assert home.web is not None
            memory = {"web": round(harness.peak_memory(home.web)), "worker": round(harness.peak_memory(working))}
    harness.report("lodging_bulk", peak_mb=memory, **results)


if __name__ == "__main__":
    main()
