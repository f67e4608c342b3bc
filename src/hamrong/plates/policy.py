"""Who may do what with number plates, as a table that a lawyer can read."""

from hamrong.access.decisions import Allow

OFFICE = ("plate-officer",)
MANAGER = ("plate-manager",)
STAFF = (*OFFICE, *MANAGER)
LAW = "79/2024/TT-BCA Đ7"
POOL = "36/2024/QH15 Đ37"
DATA = "13/2023/NĐ-CP Đ3"

POLICY = (
    # the office that registers vehicles
    Allow("plate.file", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.list", STAFF, ("vehicle-registration",), LAW),
    Allow("plate.open", STAFF, ("vehicle-registration", "investigation"), DATA),
    Allow("plate.search", STAFF, ("vehicle-registration", "investigation"), DATA),
    Allow("plate.void", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.print", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.change", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.export", STAFF, ("vehicle-registration", "statistics"), DATA),
    # the owner, with the ticket of the file
    Allow("plate.follow", ("plate-owner",), ("public-service",), LAW),
    Allow("plate.press", ("plate-owner",), ("public-service",), LAW),
    # the province
    Allow("pool.read", (*STAFF, "province-leader", "inspector"), ("statistics", "vehicle-registration"), POOL),
    Allow("pool.change", MANAGER, ("vehicle-registration",), POOL),
    Allow("pool.remark", MANAGER, ("vehicle-registration",), POOL),
    # the system itself
    Allow("plate.seal", ("sequencer",), ("public-service",), LAW),
    Allow("plate.draw", ("sequencer",), ("public-service",), LAW),
    Allow("pool.release", ("keeper",), ("vehicle-registration",), POOL),
)
