"""Who administers people, posts and keys: an administrator of accounts, who sees no case and no guest."""

from hamrong.access.decisions import Allow

POLICY = (
    Allow("post.appoint", ("accounts-admin",), ("administration",), "86/2015/QH13 Đ23"),
    Allow("post.end", ("accounts-admin",), ("administration",), "86/2015/QH13 Đ23"),
    Allow("person.create", ("accounts-admin",), ("administration",), "86/2015/QH13 Đ23"),
    Allow("person.read", ("accounts-admin",), ("administration",), "86/2015/QH13 Đ23"),
    Allow("key.issue", ("host-manager", "accounts-admin"), ("administration",), "86/2015/QH13 Đ23"),
    Allow("key.revoke", ("host-manager", "accounts-admin"), ("administration",), "86/2015/QH13 Đ23"),
    Allow("key.read", ("host-manager", "accounts-admin"), ("administration",), "86/2015/QH13 Đ23"),
    Allow("audit.read", ("inspector",), ("inspection",), "86/2015/QH13 Đ24"),
    Allow("desk.open", ("host-manager", "host-clerk", "ward-duty", "ward-chief", "province-residence", "province-leader",
                        "inspector", "accounts-admin"), ("own-business",)),
)
