"""Who may do what in the sealed room. There is no row for an administrator, and none for the inspector."""

from django.conf import settings

from hamrong.access.decisions import Allow
from hamrong.sealed.rules import Splitting


def splitting() -> Splitting:
    """How many holders open an identity, of how many, for reports from now on: the setting HAMRONG_SPLITTING."""
    needed, holders = settings.HAMRONG_SPLITTING
    return Splitting(needed, holders)


HOLDER = ("identity-holder",)
HANDLERS = ("ward-chief", "province-leader")
"""Whose posts settle denunciations; a system that has posts of its own for that adds them here."""

CLERKS = ("ward-duty", "petition-officer")
"""Whose posts take denunciations in at the counter; what they sealed they cannot read again."""

LAW = "25/2018/QH14 Đ56"
WORK = ("denunciation",)

POLICY = (
    # everybody's own key
    Allow("sealed.key", (*HOLDER, *HANDLERS), ("own-account",), LAW),
    # the reporter, and whoever takes a report in at the counter
    Allow("sealed.report", ("reporter", *CLERKS, *HANDLERS), WORK, LAW),
    Allow("sealed.follow", ("reporter",), ("own-data",), LAW),
    # whoever settles it
    Allow("sealed.read", HANDLERS, WORK, LAW),
    Allow("sealed.hand", HANDLERS, WORK, LAW),
    Allow("sealed.request", HANDLERS, WORK, LAW),
    Allow("sealed.open", HANDLERS, WORK, LAW),
    # whoever holds shares
    Allow("sealed.answer", HOLDER, WORK, LAW),
    Allow("sealed.deal", HOLDER, WORK, LAW),
    Allow("sealed.vouch", HOLDER, WORK, LAW),
    # the command line and the night
    Allow("sealed.trust", ("operator",), ("administration",), LAW),
    Allow("sealed.drill", ("operator",), ("administration",), LAW),
    Allow("sealed.recover", ("keeper",), ("administration",), LAW),
    Allow("sealed.settle", ("keeper",), ("retention",), LAW),
)
