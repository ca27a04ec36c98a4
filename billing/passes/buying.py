"""Somebody buys a pass on account: it stands on their statement, and holds at once."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from billing.errors import KeyOfAnother, PassOver
from billing.ledger.accounts import account, earned_by, owed_by, sold_by
from billing.ledger.posting import Entry, post
from billing.models import Account, Charge, Pass, PassBearer, PassOffer, Transfer, VatRegime
from billing.passes.mail import send_pass_mail
from billing.passes.selling import offers_at
from billing.passes.validity import last_day
from network.models import User
from sites.models import Site
from sites.rules import local_day


@transaction.atomic
def buy_pass(*, offer: PassOffer, site: Site, by: User, now: datetime, key: UUID) -> Pass:
    """Sell `by` a pass at a site, and have them told by a mail, once however often it is asked.

    Raises what `sell_pass` does.
    """
    bought, is_new = sell_pass(offer=offer, site=site, by=by, now=now, key=key)
    if is_new:
        send_pass_mail.enqueue(bought.pk)
    return bought


def sell_pass(
    *, offer: PassOffer, site: Site, by: User, now: datetime, key: UUID
) -> tuple[Pass, bool]:
    """Sell `by` a pass at a site, whose operator is the seller; they owe its price from now on.

    Return the pass, and whether it is new: asked again with the same key it is the one there is.
    Nobody is told; the caller is in a transaction. Raises PassOver for what the site does not sell
    now, KeyOfAnother for the key of another pass.
    """
    purse = account(f"pass:{key}", Account.Kind.PASS, Account.Unit.HALF_DAY, person=by, floor=0)
    before = Pass.objects.filter(account=purse).first()
    if before:
        refuse_other(before, offer, by)
        return before, False
    refuse_unsold(offer, site, now)
    bought = new_pass(purse, offer, site, by, now)
    bought.save(force_insert=True)
    PassBearer.objects.create(spent=bought, person=by)
    post(entries=entries(bought, by, key), now=now)
    charge(bought, offer, site, key).save(force_insert=True)
    return bought, True


def refuse_other(before: Pass, offer: PassOffer, by: User) -> None:
    """Refuse a key that stands on another pass."""
    if (before.offer_id, before.person_id) != (offer.pk, by.pk):
        raise KeyOfAnother(_("This was already written, and otherwise."))


def refuse_unsold(offer: PassOffer, site: Site, now: datetime) -> None:
    """Refuse a pass of another grid than the one in force, or of another kind of site."""
    if not site.is_active or not offers_at(site, now).filter(pk=offer.pk).exists():
        raise PassOver(_("This pass is not sold here any more. See which ones are."))


def new_pass(purse: Account, offer: PassOffer, site: Site, person: User, now: datetime) -> Pass:
    """Return the pass as the offer describes it now, yet to be written."""
    last = last_day(now.astimezone(site.zone).date(), offer.valid_months)
    return Pass(
        account=purse,
        offer=offer,
        person=person,
        operator=site.operator,
        name=offer.name,
        other_words=offer.other_words,
        kind=offer.kind,
        category=offer.category,
        site=site if offer.is_of_one_site else None,
        half_days=offer.half_days,
        price_cents=offer.price_cents,
        bought_at=now,
        valid_until=local_day(last, site.zone).ends_at,
        last_on=last,
    )


def entries(bought: Pass, person: User, key: UUID) -> list[Entry]:
    """Return what a sale moves: half-days to the pass, and its price unless it is free."""
    granted = Entry(
        key=uuid5(key, "granted"),
        kind=Transfer.Kind.GRANT,
        source=sold_by(bought.operator),
        target=bought.account,
        amount=bought.half_days,
        subject=bought.subject,
    )
    if not bought.price_cents:
        return [granted]
    charged = Entry(
        key=uuid5(key, "charged"),
        kind=Transfer.Kind.CHARGE,
        source=owed_by(person),
        target=earned_by(bought.operator),
        amount=bought.price_cents,
        subject=bought.subject,
    )
    return [granted, charged]


def charge(bought: Pass, offer: PassOffer, site: Site, key: UUID) -> Charge:
    """Return the line that is owed for a pass, with the seller's VAT of the day."""
    day = bought.bought_at.astimezone(site.zone).date()
    vat = VatRegime.objects.of(bought.operator, day)
    return Charge(
        key=uuid5(key, "line"),
        kind=Charge.Kind.PASS,
        subject=bought.subject,
        operator=bought.operator,
        site=site,
        person=bought.person,
        space_kind=bought.kind,
        starts_at=bought.bought_at,
        ends_at=bought.valid_until,
        words=bought.name,
        unit_price_cents=bought.price_cents,
        amount_cents=bought.price_cents,
        full_price_cents=bought.price_cents,
        vat_regime=vat.regime,
        vat_rate=vat.rate,
        grid_id=offer.grid_id,
        made_at=bought.bought_at,
    )
