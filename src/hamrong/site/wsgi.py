"""The WSGI application that the web server loads; an unfit installation does not get as far as serving."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse
from django.utils.module_loading import import_string

from hamrong import law
from hamrong.kernel.structs import make_ready
from hamrong.site import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamrong.site.settings")
pages = get_wsgi_application()

if refusals := checks.own_refusals():
    raise ImproperlyConfigured("; ".join(str(each) for each in refusals))

# By name, because its rooms have models, which exist only from here on.
application = import_string("hamrong.site.doors.beside")(pages)


def _warm() -> None:
    """Read now what the first who asks would wait for, in each process anew: pages of all rooms, the law, its days."""
    reverse("home")
    make_ready()
    get_template("ui/public.html")
    law.rules()
    law.calendar()


_warm()
