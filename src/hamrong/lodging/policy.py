"""Who may do what with lodging notifications, as a table that a lawyer can read."""

from hamrong.access.decisions import Allow

HOST = ("host-manager", "host-clerk", "machine")
WARD = ("ward-duty", "ward-chief")
PROVINCE = ("province-residence",)
LAW = "68/2020/QH14 Đ30"
DATA = "13/2023/NĐ-CP Đ3"
SEARCH = ("investigation", "missing-person", "emergency", "night-control")

POLICY = (
    # the establishment
    Allow("stay.notify", HOST, ("own-business",), LAW),
    Allow("stay.amend", HOST, ("own-business",), LAW),
    Allow("stay.read", HOST, ("own-business",), LAW),
    Allow("stay.draft", HOST, ("own-business",), LAW),
    Allow("nil.report", HOST, ("own-business",), LAW),
    Allow("batch.submit", HOST, ("own-business",), LAW),
    Allow("batch.read", HOST, ("own-business",), LAW),
    Allow("place.read", HOST, ("own-business",), LAW),
    Allow("place.rooms", ("host-manager", "machine"), ("own-business",), LAW),
    Allow("webhook.manage", ("host-manager", "machine"), ("own-business",), LAW),
    # the commune
    Allow("night.read", (*WARD, *PROVINCE), ("night-control",), LAW),
    Allow("stay.list", (*WARD, *PROVINCE), ("night-control",), LAW),
    Allow("stay.search", (*WARD, *PROVINCE), SEARCH, DATA),
    Allow("stay.open", (*WARD, *PROVINCE), SEARCH, DATA),
    Allow("stay.export", (*WARD, *PROVINCE), SEARCH, DATA),
    Allow("stay.assist", WARD, ("assistance",), LAW),
    Allow("place.list", (*WARD, *PROVINCE), ("night-control",), LAW),
    Allow("place.decide", WARD, ("night-control",), LAW),
    Allow("place.call", WARD, ("night-control",), LAW),
    # the province
    Allow("province.read", (*PROVINCE, "province-leader"), ("statistics", "night-control"), LAW),
    Allow("outage.publish", PROVINCE, ("administration",), LAW),
    # anybody
    Allow("place.apply", ("visitor",), ("public-service",), LAW),
    Allow("place.follow", ("applicant",), ("public-service",), LAW),
    Allow("place.claim", ("applicant",), ("public-service",), LAW),
    # the system itself
    Allow("stay.forward", ("keeper",), ("own-business",), LAW),
    Allow("stay.reconcile", PROVINCE, ("night-control",), LAW),
    Allow("webhook.deliver", ("keeper",), ("own-business",), LAW),
    Allow("retention.purge", ("keeper",), ("retention",), DATA),
    Allow("night.fold", ("keeper",), ("statistics",), LAW),
    Allow("subject.read", ("inspector",), ("own-data",), DATA),
)
