"""What visitors see while the database is away: the page that says so, with 503, instead of an error of ours."""

import sys

from django.http import HttpRequest, HttpResponse

from hamrong.access.connections import AWAY, drop_dead, is_lost
from hamrong.ui import errors


def failed(request: HttpRequest) -> HttpResponse:
    """handler500, which Django calls while the error is being handled: it may be one that goes away by itself."""
    error = sys.exception()
    if not isinstance(error, AWAY):
        return errors.failed(request)
    if is_lost(error):
        drop_dead()
    return errors.unavailable(request)
