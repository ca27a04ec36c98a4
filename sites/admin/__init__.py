"""Administration of sites and their spaces, for the network team."""

from sites.admin import sites, spaces, words

__all__ = ["sites", "spaces", "words"]
