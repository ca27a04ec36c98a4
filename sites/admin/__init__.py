"""Administration of sites and their spaces, for the network team."""

from sites.admin import labels, sites, spaces, words

__all__ = ["labels", "sites", "spaces", "words"]
