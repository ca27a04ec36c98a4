"""Sites, what they hold and when they are open."""

from sites.models.fundings import Funding
from sites.models.hours import Closure, OpeningHours, Stop
from sites.models.labels import Label, LabelVersion, SiteLabel
from sites.models.measurements import SpeedMeasurement
from sites.models.site import Photo, Site
from sites.models.spaces import Space, Unit, VideoEndpoint
from sites.models.surroundings import Partner, TransitStop
from sites.models.vocabulary import Equipment, Service, Specialisation

__all__ = [
    "Closure",
    "Equipment",
    "Funding",
    "Label",
    "LabelVersion",
    "OpeningHours",
    "Partner",
    "Photo",
    "Service",
    "Site",
    "SiteLabel",
    "Space",
    "Specialisation",
    "SpeedMeasurement",
    "Stop",
    "TransitStop",
    "Unit",
    "VideoEndpoint",
]
