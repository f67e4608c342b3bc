"""What the layout of the desk says first on the page on which the reader's work begins."""

from django import template
from django.template import Context

from hamrong.ui import firsts

register = template.Library()


@register.simple_tag(takes_context=True)
def first_told(context: Context) -> list[firsts.First]:
    """Nothing on any other page, and nothing where no gate has let somebody in."""
    by = getattr(context.get("request"), "hamrong_grant", None)
    return firsts.firsts(by) if by and context.get("begins_here") else []
