"""Sites, what they hold and when they are open."""

from sites.models.hours import Closure, OpeningHours, Stop
from sites.models.site import Photo, Service, Site
from sites.models.spaces import Equipment, Space, Unit, VideoEndpoint

__all__ = [
    "Closure",
    "Equipment",
    "OpeningHours",
    "Photo",
    "Service",
    "Site",
    "Space",
    "Stop",
    "Unit",
    "VideoEndpoint",
]
