"""What the words of a petition suggest: transparent, never of what is sealed, never deciding, kept with the choice."""

from typing import get_args

import psycopg
import pytest

from hamrong.access.walls import acting
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.queries.counting import suggestions
from hamrong.petitions.reports import period_of
from hamrong.petitions.rules import Facts, Kind
from hamrong.petitions.suggesting import fields, suggest, suggested, table
from hamrong.petitions.told import Content
from tests.entrances import a_person, browser_of
from tests.petitions.senders import WARD, at_the_counter, entered, now, officer, today
from tests.sealed.room import chief, holders

LOUD = Content("Quán hát gây ồn ban đêm", "Kiến nghị cho biết cách giải quyết.", signed=True)


def sort(one: Petition, field: str = "") -> Petition:
    found = Sorted(Facts("signed", "ours"), field=field)
    done = sort_petition(by=officer("petition.sort"), petition=one, found=found, at=now())
    assert isinstance(done, Petition), done
    return done


def test_the_table_has_every_kind_and_no_word_without_weight():
    assert {code for code, entry in table().items() if entry.of == "kind"} == set(get_args(Kind))
    assert all(points > 0 for entry in table().values() for points in entry.words.values())


@pytest.mark.parametrize(
    ("what", "text", "code", "words"),
    [
        ("field", "Quán hát GÂY ỒN ban đêm", "order", ("gây ồn", "quán hát", "ban đêm")),
        ("field", "quan hat gay on", "order", ("gây ồn", "quán hát")),
        ("kind", "Tôi khiếu nại quyết định xử phạt", "complaint", ("khiếu nại", "quyết định xử phạt")),
        ("field", "giao thông và căn cước", None, ()),  # as many points for both
        ("field", "ban đêm", None, ()),  # too few
        ("field", "cướpgiật", None, ()),  # whole words only
    ],
)
def test_what_words_suggest(what, text, code, words):
    found = suggest(what, text)
    assert (found.code, found.words) == (code, words) if found else code is None


def test_what_was_suggested_is_kept_with_what_the_officer_chose():
    agreed, other = (sort(at_the_counter(kind="reflection", content=LOUD), field) for field in ("order", "fire"))
    assert agreed.suggested == other.suggested == suggested("Quán hát gây ồn ban đêm. Kiến nghị") != {}
    assert (agreed.field, other.field) == ("order", "fire")
    by = officer("petition.count")
    with acting(by):
        found = suggestions(by, period_of("month", today()))
    chosen, said, both = found["field"]["order"]
    assert said >= 2 and chosen >= 1 and both >= 1 and said > both
    assert found["field"]["fire"][0] >= 1 and found["kind"]["reflection"][2] >= 2


def test_the_page_suggests_with_its_words_and_chooses_nothing():
    client, one = browser_of(a_person("ward-duty", WARD)), at_the_counter(kind="reflection", content=LOUD)
    page = client.get(f"/don/{one.pk}/").content.decode()
    assert "Máy gợi ý theo từ ngữ" in page and "(gây ồn, quán hát, ban đêm)" in page
    assert '<option value="order" selected' not in page and all(f'value="{code}"' in page for code in fields())
    told = {"do": "sort", "signed": "signed", "competence": "ours", "conditions": "met", "content": "clear",
            "addressed": "us_only", "instance": "first", "field": "conduct"}  # fmt: skip
    after = client.post(f"/don/{one.pk}/", told, follow=True).content.decode()
    assert "Thái độ, cách làm việc" in after and "Máy gợi ý theo từ ngữ" not in after
    assert f"/don/{one.pk}/" in client.get("/don/?field=conduct").content.decode()
    assert f"/don/{one.pk}/" not in client.get("/don/?field=order").content.decode()
    report = client.get("/don/bao-cao/").content.decode()
    assert "Gợi ý theo từ ngữ và lựa chọn của cán bộ" in report


def test_of_what_is_sealed_nothing_is_suggested_asked_or_kept(admin_connection):
    holders(), chief()
    one = entered(kind="denunciation", content=LOUD)
    page = browser_of(a_person("ward-duty", WARD)).get(f"/don/{one.pk}/").content.decode()
    assert "Máy gợi ý" not in page and 'name="field"' not in page and 'name="signed"' in page
    done = sort(one, "order")
    assert done.suggested is None and done.field == ""
    with pytest.raises(psycopg.errors.CheckViolation, match="petition_that_is_sealed_gets_no_suggestion"):
        admin_connection.execute("update petitions_petition set field = 'order' where id = %s", [one.pk])
