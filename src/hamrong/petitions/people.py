"""Which posts take petitions in and which settle them, as every course of the room names them."""

from typing import Final

OFFICERS: Final = ("ward-duty", "petition-officer")
"""Who takes in, checks, notifies and proposes: in a commune, at the province."""

SETTLERS: Final = ("ward-chief", "province-leader")
"""Who settles: a chief of a commune's police, a leader of the province."""

SECOND_OFFICERS: Final = ("petition-officer",)
SECOND_SETTLERS: Final = ("province-leader",)
"""Second complaints are settled by the province."""

SETTLER: Final = "settler"
"""What the leaves of the law call whoever settles."""
