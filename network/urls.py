"""Addresses of accounts and of the pages that the law asks for."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LoginView, password_set
from django.urls import include, path

from network.views.account import account
from network.views.acting import act
from network.views.entrance import EntranceView, code
from network.views.language import switch_language
from network.views.pages import accessibility, legal, privacy
from network.views.reauthentication import by_code
from network.views.tokens import revoke, tokens

urlpatterns = [
    path("account/", account, name="account"),
    path("account/acting/", act, name="act"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", revoke, name="token-revoke"),
    # Before allauth's, in whose place it stands: a code by e-mail is the first way in.
    path("account/login/", EntranceView.as_view(), name="account_login"),
    path("account/login/code/", code, name="account_code"),
    path(
        "account/login/password/",
        LoginView.as_view(template_name="account/login_password.html"),
        name="account_login_password",
    ),
    path("account/reauthenticate/code/", by_code, name="account_reauthenticate_code"),
    # A first password opens the account for good: allauth's own page asks nobody who they are.
    path(
        "account/password/set/",
        reauthentication_required(password_set, app="allauth.account"),
        name="account_set_password",
    ),
    path("account/", include("allauth.urls")),
    path("accessibility/", accessibility, name="accessibility"),
    path("legal/", legal, name="legal"),
    path("privacy/", privacy, name="privacy"),
    path("language/setlang/", switch_language, name="set_language"),
]
