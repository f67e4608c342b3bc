"""The WSGI application that the web server loads; an unfit installation does not get as far as serving."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from hamrong.site import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamrong.site.settings")
application = get_wsgi_application()

if refusals := checks.own_refusals():
    raise ImproperlyConfigured("; ".join(str(each) for each in refusals))
