"""Django's entry for the room."""

from django.apps import AppConfig

from hamrong.access.decisions import register
from hamrong.access.roles import call
from hamrong.cases import along, dates
from hamrong.cases.courses import declare, policy_of, words_of
from hamrong.casework import sections
from hamrong.papers import subjects
from hamrong.petitions.courses import COURSES
from hamrong.petitions.policy import POLICY
from hamrong.sealed import apart
from hamrong.ui import firsts


class PetitionsConfig(AppConfig):
    name = "hamrong.petitions"
    label = "petitions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        declare(COURSES)
        register(policy_of(COURSES))
        call(words_of(COURSES))
        register(POLICY)
        dates.declare("hamrong.petitions.queries.dates.PETITIONS")
        dates.declare("hamrong.petitions.queries.dates.RECEPTIONS")
        along.go_along(
            lead="hamrong.petitions.pages.transferring.lead", ready="hamrong.petitions.actions.transferring.ready",
            received="hamrong.petitions.actions.transferring.received",
        )  # fmt: skip
        along.keep_away("hamrong.petitions.queries.team.kept_away")
        along.competent("hamrong.petitions.competence.may_not_act")
        along.competent("hamrong.petitions.deciding.may_not_act")
        along.steps(
            bar="hamrong.petitions.actions.resorting.may_not", done="hamrong.petitions.actions.resorting.take_back"
        )
        along.deciders("hamrong.petitions.deciding.may_decide")
        subjects.bar("hamrong.petitions.deciding.may_not_sign")
        along.receivers("hamrong.petitions.competence.may_not_receive")
        sections.show("hamrong.petitions.pages.deciding.shown")
        sections.show("hamrong.petitions.pages.team.shown")
        along.tell("hamrong.petitions.pages.emergencies.told")
        apart.keep_apart("hamrong.petitions.queries.team.apart")
        subjects.declare("petition", "hamrong.petitions.subjects.petition")
        subjects.live_at("petition", "hamrong.petitions.subjects.home")
        subjects.know("hamrong.petitions.subjects.known")
        subjects.hear("hamrong.petitions.subjects.tell_by_paper")
        subjects.hear_recall("hamrong.petitions.subjects.untell_by_recall")
        sections.show("hamrong.petitions.pages.papers.untold")
        sections.show("hamrong.petitions.pages.kinds.shown")
        sections.show("hamrong.petitions.pages.resorting.shown")
        firsts.tell_first("hamrong.petitions.pages.unowned.untaken")
        firsts.tell_first("hamrong.petitions.pages.taking_back.waiting")
