"""Texts are found in Python and templates, kept through changes, compiled, and missed when they are not there."""

import gettext

import pytest

from hamrong.site import messages


@pytest.fixture
def house(tmp_path):
    """A root with one room: a Python file and a template with messages of every shape."""
    room = tmp_path / "hall"
    (room / "templates" / "hall").mkdir(parents=True)
    (room / "__init__.py").write_text('"""A hall."""\n', encoding="utf-8")
    (room / "words.py").write_text(
        'from x import gettext as _, ngettext, pgettext\n_("Đêm nay")\nngettext("%(n)s khách", "%(n)s khách đến", 2)\n'
        'pgettext("menu", "Mở")\n_(unknown)\n',
        encoding="utf-8",
    )
    (room / "templates" / "hall" / "page.html").write_text(
        "{% load i18n %}\n  <p>{% translate \"Cơ sở 'A'\" %}</p>\n      {% blocktranslate trimmed with n=3 %}\n"
        "  Có {{ n }}\n"
        '  phòng, 100%\n{% endblocktranslate %}\n{{ _("Đêm nay") }}',
        encoding="utf-8",
    )
    return tmp_path


def ids(root):
    return {message.id for message in messages.found(root / "hall") if message.id}


def test_messages_of_every_shape_are_found(house):
    assert ids(house) == {
        "Đêm nay",
        ("%(n)s khách", "%(n)s khách đến"),
        "Mở",
        "Cơ sở 'A'",
        "Có %(n)s phòng, 100%%",
    }


def translate(house, room="hall", **texts):
    file = house / room / messages.CATALOGUE
    text = file.read_text(encoding="utf-8")
    for source, english in texts.values():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{english}"')
    file.write_text(text, encoding="utf-8")


def test_translations_are_kept_when_the_code_changes(house):
    messages.extract(house)
    translate(house, a=("Đêm nay", "Tonight"))
    (house / "hall" / "more.py").write_text('_("Ngày mai")\n', encoding="utf-8")
    messages.extract(house)
    kept = messages.known(house / "hall")
    assert kept.get("Đêm nay").string == "Tonight" and kept.get("Ngày mai").string == ""


def test_extracting_twice_changes_nothing(house):
    messages.extract(house)
    before = (house / "hall" / messages.CATALOGUE).read_text(encoding="utf-8")
    messages.extract(house)
    assert (house / "hall" / messages.CATALOGUE).read_text(encoding="utf-8") == before


def test_one_room_can_be_brought_up_to_date_alone(house):
    (house / "attic").mkdir()
    (house / "attic" / "__init__.py").write_text('_("Gác xép")\n', encoding="utf-8")
    assert messages.extract(house, only=["attic"]) == {"attic": 1}
    assert not (house / "hall" / messages.CATALOGUE).exists()


def test_what_is_missing_is_named_with_its_reason(house):
    assert {problem.problem for problem in messages.missing(house)} == {"not in the catalogue"}
    messages.extract(house)
    translate(house, a=("Đêm nay", "Tonight"), b=("Có %(n)s phòng, 100%%", "%(x)s rooms, 100%%"))
    (house / "hall" / "templates" / "hall" / "page.html").write_text(
        "{% load i18n %}{% blocktranslate with n=3 %}Có {{ n }} phòng, 100%{% endblocktranslate %}", encoding="utf-8"
    )
    problems = {problem.message: problem.problem for problem in messages.missing(house)}
    assert problems["Mở"] == "not translated"
    assert problems["Cơ sở 'A'"] == "no longer used"
    assert "%(x)s" in problems["Có %(n)s phòng, 100%%"] or "placeholder" in problems["Có %(n)s phòng, 100%%"]
    assert "Đêm nay" not in problems


def test_two_rooms_that_say_another_english_are_named(house):
    (house / "attic").mkdir()
    (house / "attic" / "__init__.py").write_text('_("Đêm nay")\n', encoding="utf-8")
    messages.extract(house)
    translate(house, a=("Đêm nay", "Tonight"))
    translate(house, "attic", a=("Đêm nay", "This night"))
    (found,) = (each for each in messages.missing(house) if each.message == "Đêm nay")
    assert "another English" in found.problem
    file = house / "attic" / messages.CATALOGUE
    file.write_text(file.read_text(encoding="utf-8").replace("This night", "Tonight"), encoding="utf-8")
    assert not [each for each in messages.missing(house) if each.message == "Đêm nay"]


def test_compiled_texts_are_what_gettext_reads(house):
    messages.extract(house)
    translate(house, a=("Đêm nay", "Tonight"))
    (file,) = messages.compile_all(house)
    with file.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Đêm nay") == "Tonight"


def test_the_design_system_is_complete_in_english():
    assert [problem for problem in messages.missing() if problem.room == "ui"] == []
