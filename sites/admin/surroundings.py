"""What is around a site: rows of its page."""

from django.contrib import admin

from sites.admin.worded import worded_form
from sites.models import Partner, SpeedMeasurement, TransitStop


class SpeedMeasurementInline(admin.TabularInline):
    model = SpeedMeasurement
    extra = 0
    ordering = ("-measured_on",)


class TransitStopInline(admin.TabularInline):
    model = TransitStop
    extra = 0
    ordering = ("walk_minutes", "distance_m", "pk")


class PartnerInline(admin.StackedInline):
    """Stacked: its words come in several languages, too many for a line."""

    model = Partner
    form = worded_form(Partner)
    extra = 0
    ordering = ("pk",)
