"""Looking for petitions by what was told and by who told it; what is sealed is never found."""

import pytest
from django.db import connection

from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.petitions.actions.indexing import index_words
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import searching, visible
from hamrong.petitions.queries.searching import Search, narrowed
from hamrong.petitions.told import Content, Sender
from tests.petitions.senders import OTHER, at_the_counter, entered, now, officer


def told(word: str, name: str = "Lê Thị Bịa", document: str = "038190999001") -> Content:
    text = f"Xe của tôi bị giữ ở {word} đã hai tuần mà chưa có quyết định."
    return Content("Giữ xe", text, senders=(Sender(name, document),))


def hits(ward: str = "14797", **asked: str) -> set:
    by = officer("petition.list", ward)
    with acting(by):
        rows, _more = narrowed(visible.petitions(by), Search(**asked))
        return set(rows.values_list("pk", flat=True))


def test_words_are_found_without_diacritics_wherever_they_stand():
    one, other = at_the_counter(content=told("Lạch Bạng")), at_the_counter(content=told("Lạch Trường"))
    assert one.pk in hits(words="lach bang") and other.pk not in hits(words="lach bang")
    assert {one.pk, other.pk} <= hits(words="giu LẠCH")
    assert one.pk not in hits(words='"bang lach"')


def test_a_sender_is_found_by_part_of_the_name_and_by_the_document():
    one = at_the_counter(content=told("Nga Sơn", "Đỗ Hữu Bịa", "038190999777"))
    assert one.pk in hits(name="do huu") and one.pk in hits(document="038 190 999 777")
    assert one.pk not in hits(name="do van") and one.pk not in hits(name="nga son")
    assert one.pk in hits(words="nga son", name="Đỗ", document="038190999777")


def test_what_is_sealed_is_found_by_nothing():
    one = entered(kind="denunciation", content=told("Vĩnh Lộc", "Trần Kín Đáo", "038190999888"))
    assert one.words is None
    for asked in ({"words": "vinh loc"}, {"name": "tran kin dao"}, {"document": "038190999888"}):
        assert one.pk not in hits(**asked)


def test_another_unit_finds_nothing():
    one = at_the_counter(content=told("Quan Hóa"))
    assert one.pk in hits(words="quan hoa") and one.pk not in hits(OTHER, words="quan hoa")


def test_more_than_are_shown_are_said_and_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr(searching, "AT_MOST", 2)
    made = [at_the_counter(content=told("Thường Xuân Mười")) for _ in range(3)]
    by = officer("petition.list")
    with acting(by):
        rows, more = narrowed(visible.petitions(by), Search(words="thuong xuan muoi"))
        found = set(rows.values_list("pk", flat=True))
    assert more and len(found) == 2 and found < {one.pk for one in made}


def test_what_came_in_before_is_made_findable():
    one = at_the_counter(content=told("Bá Thước Cũ"))
    keeper = as_keeper("petition.index", "index-words", now())
    with acting(keeper):
        Petition.objects.filter(pk=one.pk).update(words=None)
        from_now = index_words(by=keeper, at=now())
    assert from_now >= 1 and one.pk in hits(words="ba thuoc cu")
    with acting(keeper):
        assert index_words(by=keeper, at=now()) == 0


def plan(by, rows) -> str:
    """How the database answers behind its walls where it has any index to choose."""
    sql, values = rows.query.sql_with_params()
    with acting(by), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {sql}", values)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize(
    "asked", [{"words__contains": [7]}, {"persons__contains": [b"x"]}, {"likeness__overlap": [b"x"]}]
)
def test_a_search_reads_the_rows_of_its_unit_by_an_index_that_the_walls_let_it_use(asked):
    by = officer("petition.list")
    assert "petition_by_unit" in plan(by, visible.petitions(by).filter(**asked))


def test_no_index_is_written_that_the_walls_keep_from_being_read():
    with connection.cursor() as cursor:
        cursor.execute("select indexdef from pg_indexes where tablename like 'petitions_%'")
        assert not [one for (one,) in cursor.fetchall() if "USING gin" in one]
