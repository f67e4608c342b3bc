"""The shapes of a notification: as it comes in (`StayIn`), as it is kept (`Stay`), and what was found (`Checked`)."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from hamrong.law import Deadline
from hamrong.lodging.issues import Issue

Text = str | int | float | None
"""A value of JSON or of a cell: read without refusing, so that one wrong field never hides what is wrong elsewhere."""

Kind = Literal["citizen", "foreigner"]


class BirthIn(Struct, forbid_unknown_fields=True, gc=False):
    """Date of birth: YYYY-MM-DD, or YYYY; `precision` day or year."""

    date: Text = None
    precision: Text = None


class DocumentIn(Struct, forbid_unknown_fields=True, gc=False):
    """The document shown; `type` from the catalogue document-types, `expires_on` YYYY-MM-DD."""

    type: Text = None
    number: Text = None
    issuer: Text = None
    expires_on: Text = None


class ResidenceIn(Struct, forbid_unknown_fields=True, gc=False):
    """Where the guest lives, in words or by the code of today's ward."""

    text: Text = None
    ward_code: Text = None
    province_code: Text = None


class ReasonIn(Struct, forbid_unknown_fields=True, gc=False):
    """Why the guest stays: a code of the catalogue reasons, in words where the code is `other`."""

    code: Text = None
    text: Text = None


class CaptureIn(Struct, forbid_unknown_fields=True, gc=False):
    """How and when the details were taken: qr, mrz, manual, file or pms; RFC 3339; the device's own name for itself."""

    method: Text = None
    captured_at: Text = None
    device_id: Text = None


class StayIn(Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """One guest's stay exactly as `/api/v1/stays` takes it. Times are RFC 3339 with offset, dates YYYY-MM-DD.

    `nationality`: ISO 3166-1 alpha-3 or an ICAO 9303-3 code (D, XXA, XXB, UNO …). There is no field for an image.
    """

    client_ref: Text = None
    establishment_id: Text = None
    kind: Text = None
    full_name: Text = None
    name_mrz: Text = None
    sex: Text = None
    birth: BirthIn | None = None
    nationality: Text = None
    document: DocumentIn | None = None
    residence: ResidenceIn | None = None
    arrival_at: Text = None
    planned_departure_at: Text = None
    room: Text = None
    reason: ReasonIn | None = None
    permitted_until: Text = None
    guardian_ref: Text = None
    capture: CaptureIn | None = None
    phone: Text = None


class Stay(Struct, frozen=True, gc=False):
    """A notification that can be kept: text in NFC, instants in UTC, codes of the catalogues; "" or None for nothing.

    `name_key` finds the name without diacritics. `birth_precision` is day, year (then the date is 1 January) or "".
    `residence_area` is the id of today's area in `hamrong.org.areas`; `document_number` is in plain text: seal it.
    """

    client_ref: str
    establishment_id: str
    kind: Kind
    full_name: str
    name_key: str
    name_mrz: str
    sex: str
    birth_date: date | None
    birth_precision: str
    nationality: str
    document_type: str
    document_number: str
    document_issuer: str
    document_expires_on: date | None
    residence_text: str
    residence_area: str
    ward_code: str
    province_code: str
    arrival_at: datetime
    planned_departure_at: datetime
    room: str
    reason_code: str
    reason_text: str
    permitted_until: date | None
    guardian_ref: str
    capture_method: str
    captured_at: datetime | None
    device_id: str
    phone: str

    @property
    def birth(self) -> str:
        """The date of birth as text: YYYY-MM-DD, YYYY where only the year is known, "" where nothing is."""
        if self.birth_date is None:
            return ""
        return f"{self.birth_date.year:04}" if self.birth_precision == "year" else self.birth_date.isoformat()


class Checked(Struct, frozen=True, gc=False):
    """What a check found; `stay` is None where an issue is an error.

    `night` is the legal night of the arrival. Where the arrival cannot be read or kept, night and deadline are those of
    a guest who arrives now, so that the host still sees until when a correction is in time.
    """

    stay: Stay | None
    issues: tuple[Issue, ...]
    night: date
    deadline: Deadline
    on_time: bool

    @property
    def law_version(self) -> str:
        """Which version of which rule the deadline rests on: `rule@first day#hash`."""
        return f"{self.deadline.rule}@{self.deadline.version}#{self.deadline.version_hash[:8]}"


class Reading(Struct, frozen=True, gc=False):
    """What could be read of one raw row: the stay, and what the reading itself already found."""

    stay: StayIn
    issues: tuple[Issue, ...] = ()
