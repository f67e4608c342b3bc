"""Webhooks of an establishment's software: make, list, end."""

from typing import Final
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from hamrong.access.actors import Grant, Refusal
from hamrong.lodging.actions import webhooks
from hamrong.lodging.api import openapi
from hamrong.lodging.api.door import body_of, keyed
from hamrong.lodging.api.problems import Problem, refused
from hamrong.lodging.api.reading import decoded
from hamrong.lodging.api.shapes import WebhookAnswer, WebhookIn, Webhooks, answered
from hamrong.lodging.models import Webhook
from hamrong.lodging.queries import visible

router = Router(tags=["webhooks"])
_WEBHOOK: Final = msgspec.json.Decoder(WebhookIn)


@router.post(
    "/webhooks",
    **openapi.told(
        "Be told of events",
        (201, "Made; the secret is shown only now.", WebhookAnswer),
        refused=("content.invalid", "conflict"),
        body=WebhookIn,
    ),
)
@keyed("webhook.manage")
def make_webhook(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Deliveries are signed as Standard Webhooks say: `webhook-id`, `webhook-timestamp`, `webhook-signature`."""
    asked = decoded(_WEBHOOK, body_of(request))
    made = webhooks.register(by=grant, url=asked.url, events=asked.events, at=timezone.now())
    if isinstance(made, Refusal):
        raise refused(made)
    webhook, secret = made
    return answered(_told(webhook, secret), 201)


@router.get("/webhooks", **openapi.told("List one's own webhooks", (200, "Those that have not ended.", Webhooks)))
@keyed("webhook.manage")
def list_webhooks(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Without their secrets."""
    return answered(Webhooks(items=[_told(each) for each in visible.webhooks(grant).order_by("id")]))


@router.delete("/webhooks/{webhook}", **openapi.told("End a webhook", (204, "It is told nothing any more.", None)))
@keyed("webhook.manage")
def end_webhook(request: HttpRequest, grant: Grant, webhook: UUID) -> HttpResponse:
    """What is still on its way is given up."""
    if isinstance(webhooks.end(by=grant, webhook=webhook, at=timezone.now()), Refusal):
        raise Problem("not-found")
    return HttpResponse(status=204)


def _told(webhook: Webhook, secret: str | None = None) -> WebhookAnswer:
    return WebhookAnswer(
        id=str(webhook.pk), url=webhook.url, events=webhook.events, created_at=webhook.created_at, secret=secret
    )
