"""A new key pair for somebody who still has the old one: everything that was wrapped for them is wrapped anew."""

from datetime import datetime

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.kernel.seal import reports, shares
from hamrong.kernel.seal.keys import new_pair
from hamrong.sealed.actions import keys
from hamrong.sealed.actions.reports import OFFERED
from hamrong.sealed.models import Dealing, Hand, Key, Lock, Share
from hamrong.sealed.rings import Ring, holder_of

ENDED = Refusal(
    "conflict", "Khóa này vừa được thay hoặc bỏ. Hãy xem lại khóa của bạn.",
    "This key was just replaced or given up. Look at your key again.",
)  # fmt: skip


def rotate(*, by: Grant, ring: Ring, passphrase: str, at: datetime) -> Key | Refusal:
    """End the key of `ring` and go on with a new one, in one transaction; requests that wait for the old one end."""
    person = Person.objects.get(pk=ring.person)
    if problem := keys.unfit(passphrase, person):
        return problem
    with acting(by):
        if not Key.objects.filter(pk=ring.key.pk, ended_on__isnull=True).update(ended_on=timezone.localdate(at)):
            return ENDED
        new = keys.register(by, person, new_pair(), passphrase, at)
        _hands(ring, new)
        _shares(ring, new)
        _order(ring, new)
        ring.key.requests.filter(state__in=["waiting", "ready"]).update(state="ended")
        Lock.objects.filter(key=ring.key).delete()
        return new


def _hands(ring: Ring, new: Key) -> None:
    ways = {
        "content": (reports.take_content, reports.hand_content),
        "against": (reports.take_against, reports.hand_against),
    }
    ways |= {OFFERED[what]: way for what, way in ways.items()}
    hands = list(Hand.objects.filter(key=ring.key))
    for hand in hands:
        take, give = ways[hand.what]
        hand.wrapped = give(
            take(bytes(hand.wrapped), hand.report_id, ring.holder, ring.seed), hand.report_id, holder_of(new)
        )
        hand.key = new
    Hand.objects.bulk_update(hands, ["wrapped", "key"], batch_size=200)


def _shares(ring: Ring, new: Key) -> None:
    dealt = list(Share.objects.filter(key=ring.key))
    for share in dealt:
        share.wrapped = shares.rewrap(
            bytes(share.wrapped), share.report_id, ring.holder, holder_of(new),
            epoch=share.epoch, dealer=share.dealer, seed=ring.seed,
        )  # fmt: skip
        share.key = new
    Share.objects.bulk_update(dealt, ["wrapped", "key"], batch_size=200)


def _order(ring: Ring, new: Key) -> None:
    """An order to deal anew that names the old key names the new one: its owner is still to hold a share."""
    old, standing = str(ring.key.pk), Dealing.objects.filter(ended_on__isnull=True).select_for_update().first()
    if standing and old in standing.keys:
        standing.keys = [str(new.pk) if each == old else each for each in standing.keys]
        standing.save(update_fields=["keys"])
