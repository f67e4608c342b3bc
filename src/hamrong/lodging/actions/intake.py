"""Receiving a notification: stay, receipt, answer and entry in one statement of one transaction."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import connection

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import act_of
from hamrong.access.walls import acting
from hamrong.audit.record import row as audit_row
from hamrong.identity.keys import vault
from hamrong.lodging import receipts
from hamrong.lodging.models import Establishment, Receipt, Stay
from hamrong.lodging.queries import visible
from hamrong.lodging.rules import Checked, mask, outcome
