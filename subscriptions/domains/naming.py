"""Domains of addresses, in the one form in which they are kept and compared. Pure."""

from django.utils.translation import gettext as _

from network.addresses import AddressRefused, canonical_domain
from subscriptions.errors import DomainRefused

#: Where anybody has an address: nobody's own. Names of providers in France and around it.
PROVIDERS = (
    "163.com 9online.fr aliceadsl.fr aol.com aol.de aol.fr bbox.fr bluewin.ch calixo.net",
    "cegetel.net club-internet.fr disroot.org email.de evc.net fastmail.com fastmail.fm free.fr",
    "freenet.de freesbee.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com",
    "hey.com hotmail.be hotmail.ch hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it",
    "hushmail.com icloud.com ik.me infonie.fr laposte.net libertysurf.fr live.be live.ch live.com",
    "live.de live.fr live.nl localhost mac.com mail.com mail.de mail.ru mailbox.org mailo.com",
    "me.com msn.com netcourrier.com neuf.fr noos.fr numericable.fr orange.fr outlook.be",
    "outlook.com outlook.de outlook.fr pm.me posteo.de posteo.net proton.me protonmail.ch",
    "protonmail.com qq.com rocketmail.com sfr.fr skynet.be t-online.de tele2.fr telenet.be",
    "tuta.com tutanota.com tutanota.de vodafone.de voila.fr wanadoo.fr web.de yahoo.co.uk",
    "yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com",
)
PUBLIC = frozenset(name for line in PROVIDERS for name in line.split())


def domain_named(text: str) -> str:
    """Return the one form of the domain that a text names: "@Mairie-Sélestat.FR " too.

    Raises DomainRefused for what is no domain, and for providers where anybody has an address.

    >>> domain_named("@Mairie-Sélestat.FR ")
    'xn--mairie-slestat-ikb.fr'
    """
    try:
        name = canonical_domain(text.strip().removeprefix("@").removesuffix("."))
    except AddressRefused:
        words = _("This is not a domain: write what stands after the @ of your addresses.")
        raise DomainRefused(words) from None
    if name in PUBLIC:
        words = _("Anybody can have an address at %(name)s: it is nobody's own domain.")
        raise DomainRefused(words % {"name": name})
    return name


def domain_of(address: str) -> str:
    """Return the domain of an address in its canonical form."""
    return address.rpartition("@")[2]
