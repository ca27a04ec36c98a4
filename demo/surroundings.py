"""Writes what is around sites: lines measured, stops, partners, labels, funders."""

from collections.abc import Iterator, Mapping

from demo.content import Content
from demo.plans import FundingPlan, SitePlan
from demo.words import columns_of
from network.models import Organisation
from sites.models import (
    Funding,
    Label,
    LabelVersion,
    Partner,
    Site,
    SiteLabel,
    SpeedMeasurement,
    TransitStop,
)


def write_surroundings(
    content: Content, sites: Mapping[str, Site], organisations: Mapping[str, Organisation]
) -> None:
    """Write all that is around the sites."""
    plans = [(sites[slug], plan) for slug, plan in content.sites.items()]
    versions = write_labels(content)
    SpeedMeasurement.objects.bulk_create(measurements(plans))
    TransitStop.objects.bulk_create(transit_stops(plans))
    Partner.objects.bulk_create(partners(plans))
    SiteLabel.objects.bulk_create(labels_held(plans, versions))
    Funding.objects.bulk_create(
        funding_of(site, one, organisations) for site, plan in plans for one in plan.fundings
    )


def measurements(plans: list[tuple[Site, SitePlan]]) -> Iterator[SpeedMeasurement]:
    """Yield what lines carried, unsaved."""
    for site, plan in plans:
        if plan.measured:
            yield SpeedMeasurement(
                site=site,
                measured_on=plan.measured.on,
                measured_by=plan.measured.by,
                download_mbps=plan.measured.download_mbps,
                upload_mbps=plan.measured.upload_mbps,
            )


def transit_stops(plans: list[tuple[Site, SitePlan]]) -> Iterator[TransitStop]:
    """Yield the stops near sites, unsaved."""
    for site, plan in plans:
        for one in plan.transit_stops:
            yield TransitStop(
                site=site,
                mode=one.mode,
                name=one.name,
                distance_m=one.distance_m,
                walk_minutes=one.walk_minutes,
            )


def labels_held(
    plans: list[tuple[Site, SitePlan]], versions: Mapping[str, LabelVersion]
) -> Iterator[SiteLabel]:
    """Yield the labels that sites hold, unsaved."""
    for site, plan in plans:
        for one in plan.labels:
            yield SiteLabel(
                site=site,
                version=versions[one.version],
                starts_on=one.starts_on,
                ends_on=one.ends_on,
            )


def partners(plans: list[tuple[Site, SitePlan]]) -> Iterator[Partner]:
    """Yield who works with sites, unsaved."""
    for site, plan in plans:
        for one in plan.partners:
            yield Partner(
                site=site,
                name=one.name,
                is_on_site=one.is_on_site,
                contact_url=one.contact_url,
                **columns_of(offers=one.offers, held=one.held),
            )


def funding_of(site: Site, plan: FundingPlan, organisations: Mapping[str, Organisation]) -> Funding:
    """Return the money that `plan` describes, unsaved."""
    return Funding(
        site=site,
        funder=organisations[plan.funder] if plan.funder else None,
        funder_name=plan.funder_name,
        kind=plan.kind,
        amount_cents=plan.amount_cents,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        programme=plan.programme,
    )


def write_labels(content: Content) -> dict[str, LabelVersion]:
    """Write the labels and the versions of their charters; return these by code.

    Labels that are there already are kept, and so is what they exclude.
    """
    plans = content.labels.labels
    Label.objects.bulk_create(
        [
            Label(code=code, owner=plan.owner, **columns_of(name=plan.name))
            for code, plan in plans.items()
        ],
        ignore_conflicts=True,
    )
    labels = Label.objects.in_bulk(list(plans), field_name="code")
    for code, plan in plans.items():
        labels[code].excludes.add(*(labels[other] for other in plan.excludes))
    return {code: version_of(labels, content, code) for code in content.labels.versions}


def version_of(labels: Mapping[str, Label], content: Content, code: str) -> LabelVersion:
    """Return a version of a label's charter, written if it was not there."""
    plan = content.labels.versions[code]
    version, _ = LabelVersion.objects.get_or_create(
        label=labels[plan.label],
        name=plan.name,
        defaults={
            "given_from": plan.given_from,
            "given_to": plan.given_to,
            **columns_of(criteria=plan.criteria),
        },
    )
    return version
