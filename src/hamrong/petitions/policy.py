"""Who may do what with a petition outside its course (`courses` says who takes its steps)."""

from hamrong.access.decisions import Allow
from hamrong.petitions.people import OFFICERS, SETTLERS

LAW = "42/2013/QH13 Đ25"
ARCHIVES = "33/2024/QH15"
WORK = ("petition",)
SEARCH = ("petition", "complaint", "denunciation")
EXPORT = ("petition", "statistics", "inspection")
"""Why somebody looks for a petition, and why its register leaves the house as a file."""

POLICY = (
    # the sender, and whoever takes it in for them
    Allow("petition.hand-in", ("reporter", *OFFICERS), WORK, LAW),
    Allow("petition.follow", ("reporter",), ("own-data",), LAW),
    # the register
    Allow("petition.list", (*OFFICERS, *SETTLERS), WORK, LAW),
    Allow("petition.count", (*OFFICERS, *SETTLERS), ("statistics",), LAW),
    Allow("petition.search", (*OFFICERS, *SETTLERS), SEARCH, LAW),
    Allow("petition.export", (*OFFICERS, *SETTLERS), EXPORT, LAW),
    Allow("petition.read", (*OFFICERS, *SETTLERS), WORK, LAW),
    Allow("petition.enter", OFFICERS, WORK, LAW),
    Allow("petition.sort", OFFICERS, WORK, "42/2013/QH13 Đ26"),
    Allow("petition.resort", OFFICERS, WORK, "42/2013/QH13 Đ26"),
    Allow("petition.resort.approve", SETTLERS, WORK, "42/2013/QH13 Đ26"),
    Allow("petition.rekind", SETTLERS, WORK, "42/2013/QH13 Đ26"),
    Allow("petition.tell", OFFICERS, WORK, "42/2013/QH13 Đ28"),
    Allow("petition.cover", (*OFFICERS, *SETTLERS), WORK, "25/2018/QH14 Đ56"),
    Allow("petition.renew", (*OFFICERS, *SETTLERS), WORK, LAW),
    Allow("petition.link", OFFICERS, WORK, LAW),
    Allow("petition.write", (*OFFICERS, *SETTLERS), WORK, LAW),
    # what is past its time
    Allow("petition.appraise", (*OFFICERS, *SETTLERS), ("retention",), ARCHIVES),
    Allow("petition.erase", SETTLERS, ("retention",), ARCHIVES),
    # who verifies a denunciation, and who keeps away from a case
    Allow("team.name", SETTLERS, ("denunciation",), "25/2018/QH14 Đ31"),
    Allow("case.recuse", (*OFFICERS, *SETTLERS), WORK, "31/2019/NĐ-CP Đ10"),
    # receptions: the book, and when and where
    Allow("reception.list", (*OFFICERS, *SETTLERS), WORK, LAW),
    Allow("reception.read", (*OFFICERS, *SETTLERS), WORK, LAW),
    Allow("reception.register", OFFICERS, WORK, LAW),
    Allow("reception.answer", (*OFFICERS, *SETTLERS), WORK, "42/2013/QH13 Đ28"),
    Allow("reception.plan", (*OFFICERS, *SETTLERS), WORK, "42/2013/QH13 Đ18"),
    # the night
    Allow("petition.index", ("keeper",), WORK, LAW),
    Allow("petition.try", ("keeper",), WORK, "42/2013/QH13 Đ26"),
    Allow("petition.publish", ("keeper",), ("public-service",), LAW),
    Allow("petition.settle", ("keeper",), ("retention",), LAW),
)
