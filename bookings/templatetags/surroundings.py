"""How a site is reached, what its line carries, and who stands behind it, in words."""

from datetime import date
from urllib.parse import quote, urlencode

from babel import Locale
from babel.numbers import format_currency
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.templatetags.dates import JOINER, JOINT, date_words, is_german
from network.text import mailto
from sites.geo import coordinates, directions_url
from sites.models import Funding, Partner, Site, SiteLabel, SpeedMeasurement, Stop, TransitStop
from sites.phones import shown
from sites.telling import reading_language, source_language
from sites.templatetags.speeds import speed
from sites.templatetags.told import as_own, filled, marked
from sites.templatetags.when import length_words

register = template.Library()


@register.filter
def phone_words(number: str) -> str:
    """Return "03 88 00 00 00", in other languages "+33 3 88 00 00 00": their readers dial so."""
    return shown(number, is_abroad=reading_language() != source_language())


@register.filter
def mail_link(address: str) -> SafeString:
    """Return an e-mail address as a link that writes to it and to nobody else."""
    return format_html('<a href="{}">{}</a>', mailto(address), address)


@register.filter
def transit_words(stop: TransitStop) -> SafeString:
    """Return "Gare de Sélestat (train), 6 minutes on foot"."""
    mode = stop.get_mode_display()
    named = filled(_("%(stop)s (%(mode)s)"), stop=as_own(stop.name), mode=mode)
    return format_html("{}, {}", named, way_words(stop))


def way_words(stop: TransitStop) -> str:
    """Return how far a stop is: "6 minutes on foot", else "300 m"."""
    if not stop.walk_minutes:
        return length_words((stop.distance_m or 0) / 1000)
    walk = ngettext("%(number)d minute on foot", "%(number)d minutes on foot", stop.walk_minutes)
    return walk % {"number": stop.walk_minutes}


@register.filter
def measured_words(measured: SpeedMeasurement) -> SafeString:
    """Return what a site's line carried, when, and who measured it."""
    return filled(
        _("Measured on %(day)s by %(who)s: %(down)s down, %(up)s up"),
        day=date_words(measured.measured_on),
        who=as_own(measured.measured_by),
        down=speed(measured.download_mbps),
        up=speed(measured.upload_mbps),
    )


@register.filter
def label_words(held: SiteLabel) -> SafeString:
    """Return "France services (charter 2024, until 31 December 2027)"."""
    name, version = marked(held.version.label.told("name")), held.version.name
    if held.ends_on is None:
        return format_html("{} ({})", name, _("charter %(version)s") % {"version": version})
    until = _("charter %(version)s, until %(day)s") % {
        "version": version,
        "day": date_words(held.ends_on),
    }
    return format_html("{} ({})", name, until)


@register.filter
def label_owner(held: SiteLabel) -> SafeString:
    """Return who gives the label, with a link to its criteria where there is one."""
    owner, href = as_own(held.version.label.owner), held.version.criteria_url
    if not href:
        return owner
    return format_html('{} – <a href="{}">{}</a>', owner, href, _("criteria of the label"))


@register.filter
def partner_title(partner: Partner) -> str:
    """Return what a partner is to the site: there on some days, or near."""
    return _("On site") if partner.is_on_site else _("Nearby partner")


@register.filter
def partner_name(partner: Partner) -> str | SafeString:
    """Return a partner's name, a link where it can be reached by one."""
    if not partner.contact_url:
        return partner.name
    return format_html('<a href="{}">{}</a>', partner.contact_url, partner.name)


@register.filter
def funding_words(funding: Funding) -> str:
    """Return "Investissement, 120 000 €, 2024 – 2026": what was paid for, how much and when."""
    money = [euros(funding.amount_cents)] if funding.amount_cents is not None else []
    years = years_words(funding.starts_on, funding.ends_on)
    return ", ".join([funding.get_kind_display(), *money, years])


def euros(cents: int) -> str:
    """Return an amount as its readers write it, without cents where there are none."""
    locale = reading_language()
    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    whole = pattern if cents % 100 else pattern.replace(".00", "")
    return format_currency(cents / 100, "EUR", whole, locale=locale, currency_digits=False)


def years_words(first: date, last: date | None) -> str:
    """Return "2024", "2024 – 2026" (German "2024–2026") or "since 2024"."""
    if last is None:
        return _("since %(year)s") % {"year": first.year}
    if last.year == first.year:
        return str(first.year)
    joint = f"–{JOINER}" if is_german() else JOINT
    return f"{first.year}{joint}{last.year}"


@register.simple_tag
def way_there(site: Site, stop: Stop | None = None) -> dict[str, str]:
    """Return links to where the site stands: directions, and what map applications open."""
    point = stop.point if stop else site.point
    at = coordinates(point)
    return {
        "directions": directions_url(point),
        "geo": f"geo:{at}?{urlencode({'q': f'{at}({site.name})'}, quote_via=quote)}",
    }
