"""The demo province: invented people, establishments and nights, made by the same acts that real ones are made by."""

from hamrong.site.demo.load import is_loaded, load
from hamrong.site.demo.people import sign_ins

__all__ = ["is_loaded", "load", "sign_ins"]
