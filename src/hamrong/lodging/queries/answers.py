"""The answers that idempotency keys were given."""

from hamrong.lodging.models import Answer


def find(client: str, key: str) -> Answer | None:
    """The answer that a client's key was given, or None."""
    return Answer.objects.filter(client=client, key=key).first()
