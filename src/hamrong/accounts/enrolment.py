"""One-time codes that let a person in for the first time, or again after a lost password or second factor."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from hamrong.accounts.models import Enrolment, Person

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, U, so that a code can be read out over the telephone."""

LENGTH = 16
GROUP = 4
LIFE = timedelta(hours=72)
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def mint() -> str:
    """A new code of 80 random bits, in groups of four: `7K3M-9QRT-0XV2-H5AB`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest(typed: str) -> bytes:
    """SHA-256 of a code however it was typed: case, dashes, spaces, and the letters that look like digits."""
    plain = "".join(character for character in typed.upper() if character.isalnum()).translate(MISREAD)
    return hashlib.sha256(plain.encode()).digest()


def recognise(username: str, typed: str, now: datetime) -> Enrolment | None:
    """The open enrolment that this code of this person is, or None: wrong, used, expired and unknown look alike."""
    found = (
        Enrolment.objects.select_related("person")
        .filter(
            person__username=username.strip().lower(), person__is_active=True, used_at__isnull=True, expires_at__gt=now
        )
        .first()
    )
    return found if found and hmac.compare_digest(bytes(found.digest), digest(typed)) else None


def open_for(person: Person) -> Enrolment | None:
    """The enrolment of a person that nobody has used yet, expired or not."""
    return Enrolment.objects.filter(person=person, used_at__isnull=True).first()
