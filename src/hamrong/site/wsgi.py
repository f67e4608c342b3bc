"""The WSGI application that the web server loads; an unfit installation does not get as far as serving."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from hamrong.site import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamrong.site.settings")
pages = get_wsgi_application()

if refusals := checks.own_refusals():
    raise ImproperlyConfigured("; ".join(str(each) for each in refusals))

# By name, because its rooms have models, which exist only from here on.
application = import_string("hamrong.site.doors.beside")(pages)
