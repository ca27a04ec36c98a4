"""Forms about people."""

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from network.formfields import WordsField
from network.language import own_names, page_language
from network.models import ApiToken, Commune, User
from network.models.territories import INSEE_CODE, asked


class NameForm(forms.Form):
    """What sign-up asks beside e-mail and password."""

    name = WordsField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name given at sign-up and the page's language (called by allauth)."""
        user.name, user.language = self.cleaned_data["name"], page_language()
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.Form):
    """What a person says about themselves."""

    name = WordsField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    # Before `home`, which it helps to understand.
    insee = forms.RegexField(INSEE_CODE, required=False, widget=forms.HiddenInput)
    home = forms.CharField(
        label=_("Where you live (optional)"),
        required=False,
        max_length=100,
        help_text=_("A commune or a postcode, to show the sites nearest to your home."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    status = forms.ChoiceField(
        label=_("How you work"),
        choices=[("", _("I do not say")), *User.Status.choices],
        required=False,
        help_text=_("For anonymous statistics only. You can erase it at any time."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=own_names,
        help_text=_("Of the pages, of our messages and of your calendar."),
    )

    reminders = forms.BooleanField(
        label=_("Remind me the day before"),
        required=False,
        help_text=_("One e-mail with what you have booked that day: when, where, how to get in."),
    )

    def __init__(self, entries: QueryDict | None, *, person: User) -> None:
        home = person.home_commune
        initial = {
            "name": person.name,
            "home": home or "",
            "insee": home.insee_code if home else "",
            "status": person.status,
            "language": person.language,
            "reminders": person.wants_reminders,
        }
        super().__init__(entries, initial=initial)

    def clean_home(self) -> str:
        """Refuse a place that no commune answers to."""
        text: str = self.cleaned_data["home"]
        if text and self.home_commune is None:
            raise forms.ValidationError(
                _("No commune of this name or postcode. Check the spelling."), code="commune"
            )
        return text

    @cached_property
    def home_commune(self) -> Commune | None:
        """The likeliest commune for what is written, told apart by the one picked before."""
        text, picked = str(self.data.get("home", "")), self.cleaned_data.get("insee", "")
        return Commune.objects.matching(text, picked=picked).first()

    @property
    def is_guessed(self) -> bool:
        """Tell whether others share the postcode that is written, and none was picked."""
        text, home = self.cleaned_data["home"], self.home_commune
        question = asked(text)
        if home is None or question is None or not question.is_postcode:
            return False
        is_picked = home.insee_code == self.cleaned_data["insee"]
        return not is_picked and Commune.objects.matching(text).count() > 1


class CorrectionForm(forms.Form):
    """The address that the network team gives an account."""

    address = forms.CharField(label=_("New address"), max_length=254)


class TokenForm(forms.Form):
    """What an API token may do, and for how long."""

    hide_optional = True

    name = WordsField(
        label=_("Name of the token"),
        max_length=100,
        help_text=_("What it is for: you will recognise it in the list."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[
            (ApiToken.Scope.READ, _("Read: the sites, the free places and your bookings")),
            (ApiToken.Scope.BOOK, _("Book: make, change and cancel your bookings")),
            (ApiToken.Scope.BILLING, _("Accounts: your passes and what you owe")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        initial=90,
        widget=forms.RadioSelect,
    )
