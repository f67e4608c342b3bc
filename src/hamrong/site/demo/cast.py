"""Who acts in the demo's units: its own people where it has them, else people invented when they are needed."""

from datetime import datetime
from random import Random
from typing import Final

from hamrong.access import actions
from hamrong.access.actors import Refusal
from hamrong.accounts.models import Person
from hamrong.org.queries import unit
from hamrong.site.demo.names import vietnamese
from hamrong.site.demo.people import ORDER, PEOPLE, SINCE, demo_grant, service_number

USERNAMES: Final = {"ward-duty": "trucban", "ward-chief": "truong"}


class Cast:
    """The references of people by role and unit."""

    def __init__(self, at: datetime) -> None:
        self.at, self.chance = at, Random(1686)
        self.known: dict[tuple[str, str], str] = {}

    def of(self, role: str, scope: str) -> str:
        """The reference of whoever has the role there, as it goes on record."""
        if (role, scope) not in self.known:
            person = self._own(role, scope) or self._invented(role, scope)
            self.known[role, scope] = f"person:{person.pk}"
        return self.known[role, scope]

    def _own(self, role: str, scope: str) -> Person | None:
        invented = f"{USERNAMES.get(role, role)}.{scope}"
        username = next((each.username for each in PEOPLE if (each.role, each.scope) == (role, scope)), invented)
        return Person.objects.filter(username=username).first()

    def _invented(self, role: str, scope: str) -> Person:
        """Somebody without a password; of a unit that has ceased, without a post."""
        person = actions.create_person(
            by=demo_grant("person.create"), username=f"{USERNAMES.get(role, role)}.{scope}",
            full_name=vietnamese(self.chance).full_name, password=None, at=self.at,
            service_number=service_number(),
        )  # fmt: skip
        assert not isinstance(person, Refusal), person
        place = unit(scope)
        if place is not None and place.valid_to is None:
            actions.appoint(
                by=demo_grant("post.appoint"), person=person, role=role, scope=scope, starts_on=SINCE,
                ordered_by=ORDER, at=self.at,
            )  # fmt: skip
        return person
