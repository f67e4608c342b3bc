"""Who administers people, posts and keys: an administrator of accounts, who sees no case and no guest."""

from hamrong.access.decisions import Allow

ADMIN = ("accounts-admin", "operator")
LEADERS = ("ward-chief", "province-leader")
HOST = ("host-manager",)
LAW = "86/2015/QH13 Đ23"
EVERYBODY = (
    "host-manager", "host-clerk", "ward-duty", "ward-chief", "province-residence", "province-leader", "inspector",
    "accounts-admin",
)  # fmt: skip

POLICY = (
    # people and posts, by those who administer accounts
    Allow("person.create", ADMIN, ("administration",), LAW),
    Allow("person.read", ADMIN, ("administration",), LAW),
    Allow("person.number", ADMIN, ("administration",), LAW),
    Allow("person.suspend", ADMIN, ("administration",), LAW),
    Allow("person.enrol", ADMIN, ("administration",), LAW),
    Allow("post.appoint", ADMIN, ("administration",), LAW),
    Allow("post.end", ADMIN, ("administration",), LAW),
    # a leader's own authority, for some days
    Allow("post.delegate", LEADERS, ("administration",), "30/2020/NĐ-CP Đ13"),
    Allow("post.recall", LEADERS, ("administration",), "30/2020/NĐ-CP Đ13"),
    # an establishment's own people
    Allow("clerk.read", HOST, ("administration",), LAW),
    Allow("clerk.invite", HOST, ("administration",), LAW),
    Allow("clerk.enrol", HOST, ("administration",), LAW),
    Allow("clerk.end", HOST, ("administration",), LAW),
    # keys of an establishment's software
    Allow("key.issue", (*HOST, *ADMIN), ("administration",), LAW),
    Allow("key.revoke", (*HOST, *ADMIN), ("administration",), LAW),
    Allow("key.read", (*HOST, *ADMIN), ("administration",), LAW),
    # the record of audit
    Allow("audit.read", ("inspector",), ("inspection",), "86/2015/QH13 Đ24"),
    Allow("audit.open", ("inspector",), ("inspection",), "86/2015/QH13 Đ24"),
    Allow("audit.answer", ("inspector",), ("inspection",), "86/2015/QH13 Đ24"),
    Allow("audit.export", ("inspector",), ("inspection",), "86/2015/QH13 Đ24"),
    Allow("audit.verify", ("keeper",), ("inspection",), "86/2015/QH13 Đ24"),
    Allow("audit.erase", ("keeper",), ("retention",), "13/2023/NĐ-CP Đ3"),
    Allow("log.sequence", ("sequencer",), ("inspection",), "86/2015/QH13 Đ24"),
    # one's own work
    Allow("desk.open", EVERYBODY, ("own-business",)),
)
