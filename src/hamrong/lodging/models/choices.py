"""Closed lists that columns hold, and how a table promises to hold nothing else."""

from django.db import models
from django.db.models import Q


def one_of(name: str, field: str, values: list[str]) -> models.CheckConstraint:
    """A named promise that a text column holds one of these values."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


KINDS: list[str] = [
    "hotel",
    "hostel",
    "apartment",
    "homestay",
    "hospital",
    "dormitory",
    "company",
    "household",
    "vehicle",
]
PLACE_STATES: list[str] = ["applied", "active", "suspended", "closed", "refused"]
STAY_STATES: list[str] = ["notified", "departed", "cancelled"]
CHANNELS: list[str] = ["form", "api", "file", "assisted"]
