"""Tables of establishments, stays, receipts and batches, with the promises that the database keeps.

Stays are partitioned by the month of the night (`partitions.sql`). Owner columns (`establishment`, `ward`, `province`)
are plain text because row-level security compares them with one value (`walls.sql`).
"""

from hamrong.lodging.models.choices import CHANNELS, KINDS, PLACE_STATES, STAY_STATES
from hamrong.lodging.models.intake import Answer, Batch, ColumnMapping, Outage
from hamrong.lodging.models.places import Claim, CodeSeries, Contact, Establishment, Room
from hamrong.lodging.models.stays import Amendment, Draft, NightSummary, NilReport, Receipt, Stay
from hamrong.lodging.models.telling import Delivery, Forwarding, ToldCatalog, Webhook

__all__ = [
    "CHANNELS",
    "KINDS",
    "PLACE_STATES",
    "STAY_STATES",
    "Amendment",
    "Answer",
    "Batch",
    "Claim",
    "CodeSeries",
    "ColumnMapping",
    "Contact",
    "Delivery",
    "Draft",
    "Establishment",
    "Forwarding",
    "NightSummary",
    "NilReport",
    "Outage",
    "Receipt",
    "Room",
    "Stay",
    "ToldCatalog",
    "Webhook",
]
