"""`hamrong petitions sort --dry-run`: what a changed table of sorting would propose, and nothing of what was told."""

from pathlib import Path

from click.testing import CliRunner, Result

from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.intake import hand_in
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import TABLE, Facts
from hamrong.site.cli import hamrong
from tests.petitions.senders import WARD, handed, now, officer, today

PERIOD = ["--from", f"{today():%Y-%m-%d}", "--to", f"{today():%Y-%m-%d}"]
OLD = "complaint_unsigned:\n  kind: complaint\n  when: {signed: unsigned}\n"
NEW = "complaint_returned:\n  kind: complaint\n  when: {signed: unsigned}\n  since: 2030-01-01\n  outcome: return\n"


def a_filed_one() -> Petition:
    taken = hand_in(by=officer("petition.hand-in"), handed=handed(new_code(), door="post"), at=now())
    found = Sorted(Facts("unsigned", "ours"), "không ký tên")
    done = sort_petition(by=officer("petition.sort"), petition=taken, found=found, at=now())
    assert isinstance(done, Petition), done
    return done


def run(*arguments: str) -> Result:
    return CliRunner().invoke(hamrong, ["petitions", "sort", *arguments])


def changed(folder: Path, addition: str) -> str:
    text = TABLE.read_text(encoding="utf-8")
    assert OLD in text
    rest = (
        "  notice: none\n  basis: {law: 02/2011/QH13, article: 8}\n"
        "  evidence: {status: uncertain, source: trí nhớ, note: thử}\n"
    )
    path = folder / "changed.yaml"
    path.write_text(text.replace(OLD, f"{addition}{rest if addition else ''}{OLD}  until: 2030-01-01\n"), "utf-8")
    return str(path)


def test_a_changed_table_is_tried_on_what_came_in(tmp_path):
    one = a_filed_one()
    assert one.facts is not None and one.facts["signed"] == "unsigned"
    plain = run("--dry-run", *PERIOD)
    assert plain.exit_code == 0 and "complaint_unsigned (file)" in plain.output, plain.output
    tried = run(changed(tmp_path, NEW), "--dry-run", *PERIOD)
    moved = f"{WARD} {one.number}/{one.year} complaint: complaint_unsigned (file) -> complaint_returned (return)"
    assert tried.exit_code == 0 and moved in tried.output, tried.output
    before = run(changed(tmp_path, NEW), "--dry-run", "--as-of", "2029-12-31", *PERIOD)
    assert "another answer for 0:" in before.output


def test_a_period_that_ends_before_it_begins_is_refused():
    answer = run("--dry-run", "--from", "2026-07-01", "--to", "2026-06-30")
    assert answer.exit_code == 2 and "lies before --from 2026-07-01" in answer.output


def test_a_table_with_a_gap_is_refused_and_nothing_runs_without_saying_that_it_is_a_trial(tmp_path):
    gap = run(changed(tmp_path, ""), "--dry-run", *PERIOD)
    assert gap.exit_code == 1 and "complaint, from 2030-01-01: 0 rows" in gap.output
    assert run(*PERIOD).exit_code == 2
