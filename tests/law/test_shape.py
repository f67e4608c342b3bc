"""The shape carries what later rules need: tables, extensions, suspensions, other conventions."""

from pathlib import Path

from hamrong.law.leaves import Source
from hamrong.law.shape import Rule, Text

RICH = """\
id: crim.inv.term
title: {vi: Thời hạn điều tra, en: Investigation term}
side: agency
kind: limit
trigger: {event: case_instituted, vi: Khởi tố vụ án, en: The case is instituted}
params:
  seriousness:
    title: {vi: Loại tội phạm, en: Seriousness}
    values:
      less_serious: {vi: ít nghiêm trọng, en: less serious}
      serious: {vi: nghiêm trọng, en: serious}
versions:
- from: 2018-01-01
  to: null
  apply_on: decision_date
  basis:
  - {law: 101/2015/QH13, article: 172, clause: 1, point: a}
  evidence: {status: text_2021, source: bản hợp nhất, note: chưa có Luật 99/2025/QH15}
  needs_review_from: 2025-07-01
  table:
  - {when: {seriousness: less_serious}, term: {n: 2, unit: month, count: crim_month}}
  - {when: {seriousness: serious}, term: {n: 3, unit: month, count: crim_month}}
  extensions:
  - step: first
    when: {seriousness: serious}
    term: {n: 3, unit: month, count: crim_month}
    by: head_of_investigating_body
    approved_by: competent_procuracy
    ground: {vi: phức tạp, en: complex}
    request: crim.inv.ext_request
    answer: crim.inv.ext_answer
    basis:
    - {law: 101/2015/QH13, article: 172, clause: 2}
  - {step: whole, total: {n: 2, unit: month, count: crim_month}}
  - {step: open_ended, until: end_of_investigation}
  suspends:
  - event: suspend_229
    effect: restart
    resume: resume_235
    restart: {n: 1, unit: month, count: crim_month}
    only_after: term_expired
    ground: {vi: tạm đình chỉ, en: suspended}
  says:
    cap: {vi: Không quá 4 tháng, en: At most 4 months}
examples:
- {start: 2026-01-15T00:00:00+07:00, version: 2018-01-01, strict: 2026-03-15T23:59:59+07:00}
"""


def read(tmp_path: Path, text: str) -> Rule:
    path = tmp_path / "inv.term.yaml"
    path.write_text(text, encoding="utf-8")
    return Source(path).to(Rule)


def test_a_leaf_may_carry_tables_extensions_suspensions_and_doubts(tmp_path: Path) -> None:
    version = read(tmp_path, RICH).versions[0]
    assert [row.term.n for row in version.table] == [2, 3]
    assert [extension.step for extension in version.extensions] == ["first", "whole", "open_ended"]
    assert version.suspends[0].effect == "restart"
    assert version.apply_on == "decision_date"
    assert version.says["cap"].en == "At most 4 months"


def test_a_text_falls_back_to_vietnamese_for_any_other_language() -> None:
    text = Text(vi="một", en="one")
    assert [text.to(lang) for lang in ("vi", "en", "fr")] == ["một", "one", "một"]
