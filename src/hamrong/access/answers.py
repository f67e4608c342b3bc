"""Answering what the record raises (`audit.oddities`): a person says what was found, and that is on record, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting, one_at_a_time
from hamrong.audit.oddities import Question
from hamrong.audit.queries import told
from hamrong.kernel.vietnamese import clean

FOUND: Final = ("in-order", "passed-on")
"""There was a reason; or it was handed to whoever decides on conduct. Neither is a judgement of ours."""

LONGEST: Final = 1_000
ANSWER: Final = "audit.answer"

NO_WORDS: Final = Refusal(
    "invalid", f"Hãy ghi đã hỏi ai, được trả lời thế nào, không quá {LONGEST} ký tự.",
    f"Say whom you asked and what the answer was, in {LONGEST} characters.",
)  # fmt: skip
NOTHING_FOUND: Final = Refusal("invalid", "Hãy chọn kết quả.", "Choose what was found.")
OWN: Final = Refusal(
    "conflict", "Câu hỏi này về chính bạn; người khác phải trả lời.",
    "This question is about you: somebody else has to answer it.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said to a question, when; `words` are empty where their time on record is over."""

    by: str
    at: datetime
    found: str
    words: str


def answer(*, by: Grant, question: Question, found: str, words: str, at: datetime) -> Answered | Refusal:
    """Put on record what was found. Another answer may follow; none is changed. Nobody answers about themselves.

    The same answer by the same person, sent twice, is one.
    """
    said = clean(words)
    if question.actor in by.authority:
        return OWN
    if found not in FOUND:
        return NOTHING_FOUND
    if not said or len(said) > LONGEST:
        return NO_WORDS
    with acting(by):
        one_at_a_time(5006, question.key)
        for before in answers_to([question]).get(question.key, ()):
            if (before.by, before.found, before.words) == (by.actor.ref, found, said) and before.at > question.last:
                return before
        enter(by, subject=_subject(question), at=at, rule=question.rule, about=question.actor, found=found, words=said)
    return Answered(by.actor.ref, at, found, said)


def answers_to(questions: Sequence[Question]) -> Mapping[str, list[Answered]]:
    """By the key of each question what was said to it, oldest first; asked within an inspector's grant."""
    found: dict[str, list[Answered]] = {}
    for entry, details in told(ANSWER, [_subject(each) for each in questions]):
        said = Answered(entry.actor, entry.at, details.get("found", ""), details.get("words", ""))
        found.setdefault(entry.subject.removeprefix("question:"), []).append(said)
    return found


def open_still(question: Question, answers: Sequence[Answered]) -> bool:
    """Whether it waits for an answer: nothing was said, or the same thing went on since."""
    return all(said.at <= question.last for said in answers)


def _subject(question: Question) -> str:
    return f"question:{question.key}"
