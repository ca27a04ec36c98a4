"""Opening a vote, voting and commenting."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from billing.forms.days import DayField
from billing.models import Vote
from network.formfields import WordsField
from sites.models import Site
from sites.rules import local_day

#: Letters of a reason or a comment: some pages of text.
LONGEST = 4000


class OpenVoteForm(forms.Form):
    """Why a grid is proposed, and until when the places vote."""

    reasons = WordsField(label=_("Reasons"), max_length=LONGEST, widget=forms.Textarea)
    last_day = DayField(label=_("Last day of the vote"))

    @property
    def closes_at(self) -> datetime:
        """Return the end of the last day, by the network's clocks."""
        day: date = self.cleaned_data["last_day"]
        return local_day(day, ZoneInfo(settings.TIME_ZONE)).ends_at


class WithdrawalForm(forms.Form):
    """Why a vote is called off."""

    reason = WordsField(
        label=_("Reason"),
        help_text=_("Everybody can read it, beside the votes and comments."),
        max_length=LONGEST,
        widget=forms.Textarea,
    )


class VotesForm(forms.Form):
    """The votes of the places that one person runs."""

    hide_optional = True

    def __init__(
        self, entries: Any, *, sites: Sequence[Site], votes: Mapping[int, Vote.Choice]
    ) -> None:
        super().__init__(entries)
        self.sites = sites
        for site in sites:
            self.fields[f"site-{site.pk}"] = forms.ChoiceField(
                label=site.name,
                choices=Vote.Choice.choices,
                initial=votes.get(site.pk),
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def typed(self) -> str:
        """Return the votes as they were sent: "La Fabrique – Pour", a place a line."""
        labels: dict[Any, Any] = dict(Vote.Choice.choices)
        told = ((site.name, labels.get(self.data.get(f"site-{site.pk}"))) for site in self.sites)
        return "\n".join(f"{name} – {label}" for name, label in told if label)

    @property
    def choices(self) -> dict[Site, Vote.Choice]:
        """Return the votes of those places for which one was chosen, of a valid form."""
        told = ((site, self.cleaned_data[f"site-{site.pk}"]) for site in self.sites)
        return {site: Vote.Choice(word) for site, word in told if word}


class CommentForm(forms.Form):
    """What somebody says of a proposed grid, for a place or for the network team."""

    site = forms.ChoiceField(label=_("For"))
    text = WordsField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea)

    def __init__(self, entries: Any, *, sites: Sequence[Site], for_team: bool) -> None:
        super().__init__(entries, prefix="comment")
        self.sites = {str(site.pk): site for site in sites}
        team = [("", _("Network team"))] if for_team else []
        names = [(key, site.name) for key, site in self.sites.items()]
        self.fields["site"].choices = [*names, *team]  # type: ignore[attr-defined]  # a choice
        self.fields["site"].required = not for_team

    @property
    def typed(self) -> str:
        """Return the comment as it was sent."""
        return str(self.data.get(self.add_prefix("text"), ""))

    @property
    def place(self) -> Site | None:
        """Return for which place it is said; None for the network team. Of a valid form."""
        return self.sites.get(self.cleaned_data["site"])
