"""A batch that waited too long stays told for ever, with what the office said; late numbers are the same numbers."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.audit.models import Leaf
from hamrong.kernel.proofs import vrf
from hamrong.plates import alarm, entries, rules
from hamrong.plates.actions.remarks import LONGEST, remark
from hamrong.plates.models import Remark
from tests.entrances import a_person, browser_of
from tests.plates.desks import a_manager, an_officer, an_owner, fresh_pool, publish_keys, text
from tests.plates.owners import a_press, a_sealer, draws_of
from tests.plates.pools import manager
from tests.world import PROVINCE

PAGE, FILE = "/bien-so/ra-so-cham/", "/bien-so/ra-so-cham.json"


@pytest.fixture(autouse=True, scope="module")
def keys():
    publish_keys()


def withheld(pool, waited=timedelta(minutes=40), drawn=True):
    """A batch of two that was sealed so long ago, and drawn just now or not; its seal's index in the log."""
    now = datetime.now(UTC)
    for _ in range(2):
        a_press(pool, at=now - waited)
    sealer = a_sealer(fetch=lambda seal, checkpoint: None)
    sealer.clock = lambda: now - waited
    sealer.work()
    if drawn:
        draw(now)
    return draws_of(pool)[-1].seal


def draw(now):
    sealer = a_sealer(epoch=2)
    sealer.clock = lambda: now
    sealer.work()


def told(seal):
    (one,) = [one for one in an_owner().get(FILE).json()["delays"] if one["seal"] == seal]
    return one


def words(client, path):
    return html.unescape(text(client.get(path)))


def test_a_late_batch_stays_on_the_list_when_the_alarm_is_over_and_its_numbers_are_the_same():
    pool = fresh_pool()
    seal = withheld(pool)
    assert pool not in text(an_owner().get("/bien-so/cho-ra-so.json"))
    one = told(seal)
    assert (one["pool"], one["first"], one["count"], one["minutes"], one["said"]) == (pool, 1, 2, 40, [])
    assert one["drawn_at"] > one["sealed_at"]
    first = draws_of(pool)[0]
    assert first.k == rules.rank(vrf.proof_to_hash(bytes(first.proof)), 99_999)  # of the order, whenever it is drawn
    page = words(an_owner(), PAGE)
    assert "chờ 40 phút" in page and "Quá hạn: báo cho mọi người" in page and "Ra số theo đúng thứ tự" in page
    assert "Công an chưa giải trình" in page and PAGE in text(an_owner().get("/bien-so/"))


def test_a_batch_in_time_is_not_on_the_list():
    pool = fresh_pool()
    seal = withheld(pool, alarm.AFTER - timedelta(seconds=5))
    assert seal not in {one["seal"] for one in an_owner().get(FILE).json()["delays"]}


def test_what_still_waits_is_on_the_list_and_may_be_explained():
    pool = fresh_pool()
    seal = withheld(pool, drawn=False)
    assert (told(seal)["drawn_at"], told(seal)["draws"]) == (None, None)
    assert "Vẫn chưa có số" in words(an_owner(), PAGE)
    a_manager().post(f"/province/plates/delays/{seal}", {"text": "Bên chứng kiến chưa trả lời."})
    draw(datetime.now(UTC))
    assert told(seal)["said"][0]["text"] == "Bên chứng kiến chưa trả lời."


def test_the_manager_says_why_in_the_public_log_and_cannot_unsay_it():
    seal, client = withheld(fresh_pool()), a_manager()
    address = f"/province/plates/delays/{seal}"
    assert address in text(client.get("/province/plates/"))
    assert "error-summary" in text(client.post(address, {"text": "  "}))
    assert client.post(address, {"text": "Mất điện ở phòng máy."}).status_code == 302
    client.post(address, {"text": "Mất điện ở phòng máy."})  # the button, twice
    client.post(address, {"text": "Đã thay bộ lưu điện."})
    said = told(seal)["said"]
    assert [one["text"] for one in said] == ["Mất điện ở phòng máy.", "Đã thay bộ lưu điện."]
    logged = entries.read(Leaf.objects.get(log=entries.LOG, index=said[0]["entry"]).data)
    assert (logged["type"], logged["seal"], logged["text"]) == ("remark", seal, "Mất điện ở phòng máy.")
    assert address not in text(client.get("/province/plates/")) and "Mất điện ở phòng máy." in words(an_owner(), PAGE)
    with pytest.raises(ProgrammingError), transaction.atomic(), acting(manager("pool.remark")):
        Remark.objects.filter(seal=seal).update(text="Không có gì.")


def test_only_the_manager_of_pools_explains_and_only_delays():
    late, address = withheld(fresh_pool()), "/province/plates/delays/"
    for client in (an_officer(), browser_of(a_person("inspector", PROVINCE))):
        assert client.get(f"{address}{late}").status_code == 403
    in_time = withheld(fresh_pool(), timedelta(minutes=1))
    assert a_manager().get(f"{address}{in_time}").status_code == 404
    by, now = manager("pool.remark"), timezone.now()
    assert isinstance(remark(by=by, seal=in_time, text="Có lý do.", at=now), Refusal)
    assert isinstance(remark(by=by, seal=late, text="x" * (LONGEST + 1), at=now), Refusal)
    assert isinstance(remark(by=by, seal=late, text=" ", at=now), Refusal)


def test_the_list_is_paged_and_no_delay_is_left_out():
    pool = fresh_pool()
    seals = {withheld(pool, timedelta(minutes=11)) for _ in range(21)}
    first = text(an_owner().get(PAGE))
    seen = {seal for seal in seals if f'id="delay-{seal}"' in first}
    after = min(seen)
    second = text(an_owner().get(f"{PAGE}?after={after}"))
    assert seals - seen == {seal for seal in seals if f'id="delay-{seal}"' in second}
    assert f"?after={after}" in first and an_owner().get(f"{PAGE}?after=x").status_code == 200
