"""The thief's test: dump, data folder, WAL, media, log and mail hold no canary, and one holder opens nothing."""

import base64
import io
import json
import logging
import os
import re
import secrets
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from hamrong.kernel.seal.files import seal_file
from hamrong.kernel.seal.followup import new_code
from hamrong.kernel.seal.reports import about_file
from hamrong.sealed.actions import opening, reports
from hamrong.sealed.actions.reports import Told
from hamrong.sealed.rules import Against
from hamrong.site.postgres import find_binaries
from tests.entrances import browser, browser_of
from tests.sealed.room import HOLDERS, PASSPHRASE, a_holder, a_request, an_officer, as_reporter, chief, now, place_of
from tests.sealed.thief import codes_in, opened, searched, writings
from tests.world import PROVINCE

MANY = 200
TOKEN = f"Vẹt-Đuôi-Dài-{secrets.randbelow(10**12):012}-ườỡ"
"""Letters that differ in every encoding; part of everything that a reporter of this test tells. It has the digits that
a telephone number needs."""


def identity(number: int) -> bytes:
    told = {"name": f"{TOKEN} số {number}", "address": f"Ngõ {TOKEN}", "phone": f"0912{number:06d}"}
    return json.dumps(told, ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def log():
    """Everything that the house writes to its log, as the settings have it written."""
    stream = io.StringIO()
    configured = settings.LOGGING["handlers"]["stderr"]
    assert configured["class"] == "logging.StreamHandler"
    house = next(
        each for each in logging.getLogger().handlers if isinstance(each, logging.StreamHandler) and each.filters
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(house.formatter)
    handler.filters = house.filters
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def holders():
    return [a_holder() for _ in range(3)]


@pytest.fixture(scope="module")
def seeded(log, holders, tmp_path_factory):
    """200 reports by the actions, each with a text, a file and a message; media; codes, also of three by the form."""
    media = tmp_path_factory.mktemp("media")
    elsewhere = frozenset(each.id for each in HOLDERS if each not in holders)
    made = [_a_report(number, elsewhere, media) for number in range(MANY)]
    _asked_and_opened(made[0][0], holders)
    codes = [code for address in ("/to-cao/", "/khieu-nai/", "/phan-anh/") for code in _by_the_form(address)]
    return made, media, [*codes, *(code for _, code in made)]


def _a_report(number: int, elsewhere: frozenset, media: Path):
    code = new_code()
    told = Told(
        code, {"text": f"{TOKEN}: {number}".encode(), "file:1": json.dumps({"name": f"{TOKEN}.jpg"}).encode()},
        identity(number), Against(people=elsewhere),
    )  # fmt: skip
    place = place_of(chief())
    report = reports.seal_report(by=as_reporter(code), told=told, place=place, at=now())
    key = reports.reporters_key(report, code)
    by = as_reporter(code, "sealed.follow")
    reports.add_part(by=by, report=report, key=key, name="message:1", plain=TOKEN.encode() * 200, at=now())
    picture = TOKEN.encode() * 300
    with (media / f"{report.pk}").open("wb") as file:
        file.writelines(seal_file(key, [picture], len(picture), about_file(report.pk, report.pk)))
    return report, code


def _by_the_form(address: str) -> list[str]:
    """A sender goes the whole way through the public pages, and changes the code; answers both codes."""
    an_officer("province-leader", PROVINCE)  # names that nobody there has send it to the province
    client = browser()
    page = client.post(address, {"do": "begin", "signed": "named"}).content.decode()
    old = re.search(r'name="code" value="([^"]+)"', page)[1]
    told = {
        "code": old, "signed": "named", "unit": chief().scope, "against": f"{TOKEN} Tên", "away": "people",
        "subject": TOKEN, "text": TOKEN * 20, "name": TOKEN, "address": TOKEN, "document": "038190000777",
        "phone": TOKEN,
    }  # fmt: skip
    assert client.post(address, {**told, "address": "", "do": "check"}).status_code == 200
    assert "Đã nhận tệp" in client.post(address, {**told, "do": "send", "attached": [_a_file(300)]}).content.decode()
    later = {"code": old, "do": "attach", "attached": [_a_file(90_000)]}
    assert "Đã nhận tệp" in client.post("/theo-doi/", later).content.decode()
    assert TOKEN in client.post("/theo-doi/", {"code": old, "do": "write", "text": TOKEN}).content.decode()
    renewed = client.post("/theo-doi/", {"code": old, "do": "renew"}).content.decode()
    new = re.search(r'name="new" value="([^"]+)"', renewed)[1]
    assert TOKEN in client.post("/theo-doi/", {"code": old, "new": new, "do": "rotate"}).content.decode()
    assert client.post(f"/theo-doi/{TOKEN}", {"code": new}).status_code == 404
    return [old, new]


def _a_file(times: int) -> SimpleUploadedFile:
    """A text as a sender hands it in; of the longer ones a part waits on the disk while the request runs."""
    return SimpleUploadedFile(f"{TOKEN}.txt", f"{TOKEN} ".encode() * times)


def _asked_and_opened(report, holders) -> None:
    """One identity goes the whole way, through the pages, so that sessions, cache and log have seen it."""
    request = a_request(report)
    for holder in holders[:2]:
        opening.release(by=holder.may("sealed.answer"), request=request, ring=holder.ring(), at=now())
    handler = browser_of(chief().person)
    wrong = {"password": TOKEN, "reason": TOKEN}
    assert handler.post(f"/niem-phong/cua-toi/{request.pk}/", wrong).status_code == 200
    assert handler.post(f"/to-cao/{TOKEN}", wrong).status_code == 404
    assert TOKEN in handler.post(f"/niem-phong/cua-toi/{request.pk}/", {"password": PASSPHRASE}).content.decode()


@pytest.fixture(scope="module")
def loot(seeded, log, cluster, tmp_path_factory):
    """Files as the thief carries them away: dump, data folder with its write-ahead log, media, log, mail."""
    folder = tmp_path_factory.mktemp("loot")
    url = cluster.url(database=os.environ["DATABASE_URL"].rpartition("/")[2].partition("?")[0])
    with (folder / "dump.sql").open("wb") as dump:
        subprocess.run([str(find_binaries().folder / "pg_dump"), url], stdout=dump, check=True)
    (folder / "log.txt").write_text(log.getvalue())
    (folder / "mail.txt").write_text("\n".join(str(each.message()) for each in getattr(mail, "outbox", [])))
    data = [file for file in Path(os.environ["HAMRONG_TEST_VAR"]).rglob("*") if "keys" not in file.parts]
    kept = [file for file in settings.HAMRONG_FILES.rglob("*") if file.is_file()]
    return [*folder.iterdir(), *{*data, *kept}, *seeded[1].iterdir()]


def test_the_search_finds_what_lies_there(loot, tmp_path):
    for name, written in writings(TOKEN).items():
        file = tmp_path / name
        file.write_bytes(secrets.token_bytes(301) + written + secrets.token_bytes(99))
        assert (name, name) in searched([file], writings(TOKEN))
    whole = tmp_path / "whole"
    for shift in range(3):
        whole.write_bytes(base64.b64encode(b"x" * shift + TOKEN.encode() + b"yz"))
        assert searched([whole], writings(TOKEN)), shift


def test_no_canary_lies_anywhere(admin_connection, loot):
    admin_connection.execute("checkpoint")
    assert any(file.name == "dump.sql" and file.stat().st_size > 100_000 for file in loot)
    assert any("pg_wal" in file.parts for file in loot)
    assert sum(file.suffix == ".original" for file in loot) >= 6, "files that were handed in lie there"
    # what is kept in plain text is found in the dump and in the data folder: the search is able to
    plain = {file for file, _ in searched(loot, {"officer": chief().person.username.encode()})}
    assert "dump.sql" in plain and len(plain) > 1
    assert searched(loot, writings(TOKEN)) == set()


def test_no_code_lies_anywhere(seeded, loot, tmp_path):
    codes = seeded[2]
    planted = tmp_path / "planted"
    planted.write_bytes(b"X" + codes[0].replace("-", "").encode() + b"\0" + codes[1].encode() + b"\n")
    assert codes_in(planted, codes) == set(codes[:2]), "the search is able to"
    for file in loot:
        if "pg" not in file.parts or "pg_wal" in file.parts:
            assert codes_in(file, codes) == set(), file


def test_one_holder_opens_nothing_and_two_open_everything(admin_connection, seeded, holders):
    numbers = [report.pk for report, _ in seeded[0]]
    rings = [holder.ring() for holder in holders]
    for ring in rings:
        assert opened(admin_connection, numbers, {ring.key.pk: ring.seed}) == {}
    for two in ((0, 1), (0, 2), (1, 2)):
        found = opened(admin_connection, numbers, {rings[each].key.pk: rings[each].seed for each in two})
        assert len(found) == MANY
        assert {plain for plain in found.values()} == {identity(number) for number in range(MANY)}


def test_a_handler_and_one_holder_open_nothing_together(admin_connection, seeded, holders):
    numbers = [report.pk for report, _ in seeded[0]]
    rings = [chief().ring(), holders[0].ring()]
    assert opened(admin_connection, numbers, {ring.key.pk: ring.seed for ring in rings}) == {}


ENDS_OF_DAYS = {"00:00:00", "17:00:00", "23:59:59"}
"""At which times a date of the law ends that runs from a day."""


def test_no_moment_finer_than_a_day_is_kept_of_a_reporter(admin_connection):
    columns = admin_connection.execute(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_name similar to '(sealed|petitions)_%' "
        "and table_name <> 'petitions_hours' "  # when a unit receives citizens: public, and nobody's
        "and column_name not in ('strict', 'legal') "  # reckoned from days: below
        "and (data_type like 'time%' "
        "or column_default like '%now()%' "
        "or column_default like 'nextval%' or is_identity = 'YES')"
    ).fetchall()
    assert columns == []
    for table in ("petitions_petition", "petitions_reception"):
        told = (
            f"select distinct (unnest(array[strict, legal]) at time zone 'Asia/Ho_Chi_Minh')::time::text from {table}"
        )
        assert {at for (at,) in admin_connection.execute(told).fetchall() if at} <= ENDS_OF_DAYS


def test_ids_are_random(seeded):
    assert {report.pk.version for report, _ in seeded[0]} == {4}


def test_sizes_do_not_tell_who_gave_a_name(admin_connection, seeded):
    named = seeded[0][0][0]
    code = new_code()
    place = place_of(chief())
    told = Told(code, {"text": b"x"}, against=Against())
    nameless = reports.seal_report(by=as_reporter(code), told=told, place=place, at=now())
    sizes = admin_connection.execute(
        "select length(record), length(against), length(reporter), needed from sealed_report where id = any(%s)",
        [[named.pk, nameless.pk]],
    ).fetchall()
    assert sizes[0] == sizes[1]
