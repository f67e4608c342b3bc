"""Which posts take petitions in and which settle them, until petition officers have pages and a post of their own."""

from typing import Final

OFFICERS: Final = ("ward-duty", "province-leader")
"""Who takes in, checks, notifies and proposes."""

SETTLERS: Final = ("ward-chief", "province-leader")
"""Who settles: a chief of a commune's police, a leader of the province. At the province two leaders are two people."""

SECOND: Final = ("province-leader",)
"""Second complaints are settled by the province."""

SETTLER: Final = "settler"
"""What the leaves of the law call whoever settles."""
