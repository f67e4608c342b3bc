"""What the layouts do for forms that did not go through: fill them again, and say so."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from hamrong.ui.unsent import NAME, fill

register = template.Library()


def forms_in(context: Context) -> list[BaseForm]:
    """The forms that a page was given, alone or in a list; what is worked out only when asked for is left alone."""
    given: dict[Any, Any] = dict(context.flatten())
    every = [one for value in given.values() for one in (value if type(value) is list else [value])]
    return [one for one in every if issubclass(type(one), BaseForm)]


@register.simple_tag(takes_context=True)
def refill(context: Context) -> str:
    """Before anything of the page is made: fill its forms with what was kept; tell the middleware what page this is."""
    request: Any = context.get("request")
    standing = getattr(request, "unsent", None)
    if standing is None:
        return ""
    forms = forms_in(context)
    standing.asks = bool(forms) or "carried" in context
    if standing.found is not None:
        filled = [fill(form, standing.found) for form in forms if not form.is_bound]
        standing.filled = any(filled)
    return ""


def _anew(request: Any) -> str:
    """The page's address without what it was filled with; with all else, a purpose among it."""
    query = request.GET.copy()
    query.pop(NAME, None)
    return f"{request.path}?{query.urlencode()}" if query else str(request.path)


@register.simple_tag(takes_context=True)
def unsent(context: Context) -> SafeString:
    """That a form was filled again, or that one waits to be."""
    request: Any = context.get("request")
    standing = getattr(request, "unsent", None)
    if standing is None or not forms_in(context):
        return SafeString("")
    values = {
        "filled": standing.found if standing.filled else None,
        "waiting": standing.waiting(),
        "path": _anew(request),
    }
    return mark_safe(render_to_string("ui/components/unsent.html", values))
