"""A new key pair for somebody who still has the old one: everything that was wrapped for them is wrapped anew."""

from datetime import datetime

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.kernel.seal import reports, shares, tokens
from hamrong.kernel.seal.keys import new_pair
from hamrong.sealed import queries
from hamrong.sealed.actions import keys
from hamrong.sealed.actions.reports import OFFERED
from hamrong.sealed.models import Dealing, Hand, Key, Share
from hamrong.sealed.rings import Ring, holder_of
from hamrong.sealed.touches import STRANGE, WANTED, Fresh, Touch

ENDED = Refusal(
    "conflict", "Khóa này vừa được thay hoặc bỏ. Hãy xem lại khóa của bạn.",
    "This key was just replaced or given up. Look at your key again.",
)  # fmt: skip


def rotate(
    *, by: Grant, ring: Ring, passphrase: str, at: datetime, touch: Touch | None = None, salt: bytes = b""
) -> Key | Refusal:
    """End the key of `ring` and go on with a new one, in one transaction; requests that wait for the old one end.

    A key with tokens is followed by one that opens with the token that was touched, which has answered the new key's
    `salt` (`touch.other`), and with no other: the rest have to be added again.
    """
    person = Person.objects.get(pk=ring.person)
    if problem := keys.unfit(passphrase, person):
        return problem
    with acting(by):
        queries.hold_lock(person.pk)
        fresh = _again(ring, touch, salt)
        if isinstance(fresh, Refusal):
            return fresh
        if not Key.objects.filter(pk=ring.key.pk, ended_on__isnull=True).update(ended_on=timezone.localdate(at)):
            return ENDED
        new = keys.register(by, person, new_pair(), passphrase, at, fresh)
        _hands(ring, new)
        _shares(ring, new)
        _order(ring, new)
        ring.key.requests.filter(state__in=["waiting", "ready"]).update(state="ended")
        keys.forget(ring.key)
        return new


def _again(ring: Ring, touch: Touch | None, salt: bytes) -> Fresh | Refusal | None:
    """The touched token for the new key; None where the old one has none, so that the new one is never less."""
    held = queries.tokens(ring.key)
    if not held:
        return None
    if touch is None or not touch.other or len(salt) != tokens.SALT:
        return WANTED
    one = next((each for each in held if bytes(each.credential) == touch.credential), None)
    return STRANGE if one is None else Fresh(one.name, one.host, salt, Touch(touch.credential, touch.other))


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
