"""`hamrong law`: rules in words, one date with its reasons, and whole tables."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hamrong.law import rules
from hamrong.site.commands.law import law

WORKED = Path(__file__).parents[2] / "law" / "worked.csv"


def said(*words: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(law, words, input=stdin)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_can_be_shown(lang: str) -> None:
    for rule in rules():
        shown = said("show", rule.id, "--lang", lang)
        assert shown.exit_code == 0
        assert shown.output.startswith(f"{rule.id}: {rule.title.to(lang)}")
        assert all(str(version.start) in shown.output for version in rule.versions)


def test_a_rule_is_shown_with_its_terms_extensions_evidence_and_doubts() -> None:
    shown = said("show", "crim.custody.term", "--lang", "en").output
    assert "The term is 3 days, custody" in shown
    assert "Extension no. 2: another 3 days" in shown
    assert "Approved by: competent procuracy." in shown
    assert "text_2021: " in shown
    assert "From 01/07/2025 this rule may have been amended" in shown


def test_a_quota_is_shown_with_its_numbers() -> None:
    assert (
        "1 time(s) in each month. Each at most 60 minutes."
        in said("show", "custody.visit.quota", "--lang", "en").output
    )


def test_a_date_is_printed_with_the_version_and_the_reasons() -> None:
    shown = said("due", "crim.report.settle", "--start", "2026-03-02", "--lang", "en")
    assert shown.exit_code == 0
    assert shown.output.startswith("strict 2026-03-21\nlegal  2026-03-23\ncrim.report.settle@2018-01-01#")
    assert "  - Sunday 22/03/2026 is a rest day (weekly rest)" in shown.output
    assert "Art. 134(1) Criminal Procedure Code" in shown.output


def test_facts_and_extensions_are_params() -> None:
    asked = ("--param", "seriousness=less_serious", "--param", "custody_days=3")
    assert said("due", "crim.detention.term", "--start", "2018-03-04", *asked).output.startswith("strict 2018-04-29")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("due", "no.rule", "--start", "2026-03-02"), "no rule 'no.rule'"),
        (("due", "kn.first", "--start", "2026-03-02"), "asks for area_complexity=complex|normal|remote"),
        (("due", "kn.accept", "--start", "yesterday"), "'yesterday' is neither a day"),
        (("due", "kn.accept", "--start", "2026-03-02", "--param", "ext"), "must be name=value"),
        (("due", "kn.accept", "--start", "2026-03-02", "--param", "ext=1"), "no extension 1"),
        (("due", "kn.accept", "--start", "2011-03-02"), "has no version for 2011-03-02"),
        (("due", "kn.accept"), "Give RULE with --start"),
        (("due", "kn.accept", "--csv", "-"), "Give either RULE"),
        (("show", "no.rule"), "no rule 'no.rule'"),
    ],
)
def test_wrong_usage_is_told_in_words(words: tuple[str, ...], problem: str) -> None:
    answer = said(*words)
    assert answer.exit_code == 2
    assert problem in answer.output


def test_a_table_is_answered_in_the_same_forms() -> None:
    lines = WORKED.read_text(encoding="utf-8").splitlines()
    wanted = [",".join((row.split(",")[0], *row.split(",")[-2:])) for row in lines[1:]]
    answer = said("due", "--csv", str(WORKED))
    assert answer.exit_code == 0
    assert answer.output.splitlines() == ["id,strict_due,legal_due", *wanted]


def test_a_row_without_answer_is_named_and_the_others_are_answered() -> None:
    table = "id,rule,start,params\na,kn.accept,2026-13-01,\nb,kn.accept,2026-07-02,\nc,kn.none,2026-07-02,\n"
    answer = said("due", "--csv", "-", stdin=table)
    assert answer.exit_code == 1
    assert answer.stdout == "id,strict_due,legal_due\na,,\nb,2026-07-13,2026-07-13\nc,,\n"
    assert answer.stderr.startswith("line 2, a: '2026-13-01' is neither")


def test_an_empty_table_has_an_empty_answer_and_a_byte_order_mark_does_not_matter() -> None:
    answer = said("due", "--csv", "-", stdin="\ufeffid,rule,start,params\n")
    assert (answer.exit_code, answer.stdout) == (0, "id,strict_due,legal_due\n")


def test_heads_may_be_written_as_spreadsheets_do_and_a_cell_too_many_is_never_dropped() -> None:
    table = "ID, Rule ,START,params\r\na,kn.accept,2026-07-02,\r\n,kn.accept,2026-07-02,ext=1,total_ext=1\r\n"
    answer = said("due", "--csv", "-", stdin=table)
    assert (answer.exit_code, answer.stdout) == (1, "id,strict_due,legal_due\na,2026-07-13,2026-07-13\n,,\n")
    assert answer.stderr.startswith("line 3, without id: has more cells")


def test_an_id_that_stands_twice_is_told_with_both_lines_and_answers_without_ids_are_not_mixed_up() -> None:
    row = "kn.accept,2026-07-02,\n"
    answer = said("due", "--csv", "-", stdin=f"id,rule,start,params\na,{row}b,{row} a ,{row},{row},{row}")
    due = "2026-07-13,2026-07-13\n"
    assert (answer.exit_code, answer.stdout) == (1, f"id,strict_due,legal_due\na,{due}b,{due}a,,\n,{due},{due}")
    assert answer.stderr == "line 4, a: this id stands on line 2 already; give each row an id of its own\n"


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (b"id;rule;start;params\na;kn.accept;2026-07-02;\n", "parted by semicolons: save it with commas"),
        (b"id\trule\tstart\tparams\n", "parted by tabs"),
        (b"\xff\xfei\x00d\x00", "save it as “CSV UTF-8”"),
        (b'id,rule,start,params\n"a,kn.accept,2026-07-02,\n', "Line 2 cannot be read as CSV"),
    ],
)
def test_what_a_spreadsheet_saved_otherwise_is_told_how_to_save_it(table: bytes, problem: str) -> None:
    answer = said("due", "--csv", "-", stdin=table)
    assert answer.exit_code == 2 and problem in answer.output


@pytest.mark.parametrize("table", [b"id,rule\n1,kn.accept\n", b"", b"id,rule,start,params\n\xff,,,\n"])
def test_what_is_not_such_a_table_is_refused(table: bytes) -> None:
    assert said("due", "--csv", "-", stdin=table).exit_code == 2
