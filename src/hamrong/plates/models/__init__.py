"""The tables of the room. The public log (`audit.logs`) is the truth; what is here follows from it, or is private."""

from hamrong.plates.models.draws import Draw, Remark, Seal
from hamrong.plates.models.plates import Act, Plate
from hamrong.plates.models.pools import Block, Event, File, Pool, PoolList

__all__ = ["Act", "Block", "Draw", "Event", "File", "Plate", "Pool", "PoolList", "Remark", "Seal"]
