"""Who may do what with number plates, as a table that a lawyer can read."""

from hamrong.access.decisions import Allow

OFFICE = ("plate-officer",)
MANAGER = ("plate-manager",)
LAW = "79/2024/TT-BCA Đ7"
POOL = "36/2024/QH15 Đ37"
DATA = "13/2023/NĐ-CP Đ3"

POLICY = (
    # the office that registers vehicles
    Allow("plate.file", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.list", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.open", OFFICE, ("vehicle-registration", "investigation"), DATA),
    Allow("plate.search", OFFICE, ("vehicle-registration", "investigation"), DATA),
    Allow("plate.void", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.print", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.change", OFFICE, ("vehicle-registration",), LAW),
    Allow("plate.export", OFFICE, ("vehicle-registration", "statistics"), DATA),
    # the owner, with the ticket of the file
    Allow("plate.follow", ("plate-owner",), ("public-service",), LAW),
    Allow("plate.press", ("plate-owner",), ("public-service",), LAW),
    # the province: pools, stock and statistics, and no owner's file
    Allow(
        "pool.read", (*OFFICE, *MANAGER, "province-leader", "inspector"), ("statistics", "vehicle-registration"), POOL
    ),
    Allow("plate.tally", (*MANAGER, "province-leader"), ("statistics",), POOL),
    Allow("pool.change", MANAGER, ("vehicle-registration",), POOL),
    Allow("pool.remark", MANAGER, ("vehicle-registration",), POOL),
    # the system itself
    Allow("plate.seal", ("sequencer",), ("public-service",), LAW),
    Allow("plate.draw", ("sequencer",), ("public-service",), LAW),
    Allow("pool.release", ("keeper",), ("vehicle-registration",), POOL),
)
