"""The catalogue of the design: every piece in every state. Only shown when DEBUG is on."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.search.counting import Count, Why
from bookings.templatetags.grids import free_words
from config.design import samples
from sites.geo import Point
from sites.maps.pins import Pin
from sites.maps.schematic import SchematicMap, draw

MONDAY = date(2026, 11, 23)
THEMES = ("light", "dark")
ICONS = [
    "clock",
    "speed",
    "step-free",
    "building",
    "people",
    "pin",
    "calendar",
    "check",
    "alert",
    "info",
    "close",
    "closed",
    "full",
    "menu",
    "search",
    "arrow-left",
    "arrow-right",
    "chevron-down",
    "filter",
    "phone",
    "print",
    "download",
    "copy",
    "trash",
    "edit",
    "key",
    "user",
    "desk",
    "target",
    "video",
]
COLOURS = [
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-soft",
    "line",
    "line-strong",
    "rhine",
    "rhine-strong",
    "rhine-soft",
    "accent",
    "free",
    "free-soft",
    "few",
    "few-soft",
    "full",
    "full-soft",
    "alert",
    "alert-soft",
    "focus",
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nom", help_text="Comme il sera écrit à l’accueil.")
    email = forms.EmailField(label="Adresse e-mail", required=False)
    kind = forms.ChoiceField(
        label="Espace", choices=[("desk", "Poste de travail"), ("office", "Bureau")]
    )
    when = forms.ChoiceField(
        label="Moment",
        widget=forms.RadioSelect,
        choices=[("am", "Le matin"), ("pm", "L’après-midi"), ("day", "La journée")],
    )
    wishes = forms.MultipleChoiceField(
        label="Équipements",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("screen", "Second écran"), ("standing", "Bureau réglable")],
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="J’accepte le règlement du site")


class PlaceForm(forms.Form):
    """The fields of a search."""

    hide_optional = True
    place = forms.CharField(label="Où", required=False)
    day = forms.DateField(
        label="Quand", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label="Quoi", choices=[("desk", "Un poste de travail")])
    people = forms.IntegerField(label="Combien", initial=1)
    insee = forms.CharField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)


def show(request: HttpRequest) -> HttpResponse:
    """Show every piece, once in each theme; `?theme=` keeps one."""
    if not settings.DEBUG:
        raise Http404
    for say in (messages.success, messages.error):
        say(request, f"Un message « {say.__name__} » de Django.")
    wanted = request.GET.get("theme")
    themes = [_theme(theme) for theme in THEMES if wanted in (None, theme)]
    return render(request, "design.html", {"themes": themes, **_samples()})


def _theme(theme: str) -> dict[str, Any]:
    """Return a theme with forms of its own, so that ids stay unique on the page."""
    wrong = {"email": "camille", "kind": "desk", "when": "noon"}
    return {
        "name": theme,
        "form": SampleForm(auto_id=f"{theme}-%s"),
        "wrong": SampleForm(wrong, auto_id=f"{theme}-wrong-%s"),
        "place": PlaceForm(auto_id=f"{theme}-place-%s"),
    }


def _samples() -> dict[str, Any]:
    """Return the contents of the pieces."""
    return {
        "icons": ICONS,
        "colours": COLOURS,
        "buttons": samples.BUTTONS,
        "chips": samples.CHIPS,
        "notices": samples.NOTICES,
        "page": Paginator(range(200), 10).page(4),
        "spaces": samples.SPACES,
        "card": samples.CARD,
        "empty_state": samples.EMPTY,
        "stats": samples.STATS,
        "map": _map(),
        **_texts(),
        **_bookings(),
        **_week(),
        "grid": _grid(),
        **_table(),
    }


def _texts() -> dict[str, Any]:
    return {
        "facts": [
            {"icon": "clock", "text": "8 h – 18 h 30"},
            {"icon": "speed", "text": "fibre 500 Mbit/s"},
            {"icon": "step-free", "text": "accès de plain-pied"},
            {"icon": "building", "text": "dans la maison de services"},
        ],
        "details": [
            {"term": "Adresse", "text": "2 place du Marché, 67220 Villé"},
            {"term": "Téléphone", "text": "03 88 00 00 00", "href": "tel:+33388000000"},
        ],
        "trail": [{"text": "Sites", "href": "#"}, {"text": "La Fabrique de Villé"}],
    }


def _bookings() -> dict[str, Any]:
    """Return a booking to come and one cancelled."""
    common = {
        "starts_at": datetime.combine(MONDAY, time(9), ZoneInfo("Europe/Paris")),
        "hours": "9 h – 12 h 30",
        "subtitle": "La Fabrique de Villé, Villé",
        "href": "#",
    }
    to_come = {
        "when": "mardi 24 novembre",
        "title": "Poste de travail",
        "reference": "K7M2QX",
        "chip_text": "confirmée",
        "chip_state": "free",
        "actions": [
            {"text": "Changer", "href": "#change", "icon": "edit", "about": "cette réservation"},
            {"text": "Annuler", "href": "#cancel", "variant": "danger"},
        ],
    }
    cancelled = {
        "when": "lundi 16 novembre",
        "title": "Salle visio Climont",
        "reference": "P3R9TD",
        "chip_text": "annulée",
        "chip_state": "full",
        "is_cancelled": True,
    }
    return {"bookings": [common | to_come, common | cancelled]}


def _week() -> dict[str, Any]:
    """Return a week with each state of a day."""
    counts = [Count(12), Count(3), Count(0), Count(1), Count(28), None, Count(why=Why.SHUT)]
    days = [
        {
            "date": MONDAY + timedelta(days=index),
            "count": count,
            "href": "#day",
            "is_selected": index == 4,
            "is_today": index == 1,
            "is_past": False,
        }
        for index, count in enumerate(counts)
    ]
    return {"days": days}


def _free(span: int, hours: str, left: int | None = None, shade: str = "") -> dict[str, Any]:
    """Return a piece that can be booked, of a pool with what is left of it."""
    return {
        "span": span,
        "css": f"free {shade}".strip(),
        "hours": hours,
        "left": left,
        "note": "" if left is None else free_words(left),
        "href": "#grid",
    }


def _grid() -> dict[str, Any]:
    """Return a day of a pool, of a room partly taken and of one that is shut."""
    lunch = {"span": 8, "css": "lunch", "hours": "12 h – 14 h", "note": "pause de midi"}
    taken = {"span": 6, "css": "taken", "hours": "14 h – 15 h 30", "note": "pris"}
    morning = {"span": 24, "css": "closed told", "hours": "8 h – 14 h", "note": "fermé (travaux)"}
    rows = [
        {
            "name": "Grande salle",
            "about": "Grande salle",
            "cells": [
                _free(4, "8 h – 9 h", 12, "left-4"),
                _free(12, "9 h – 12 h", 7, "left-2"),
                lunch,
                _free(16, "14 h – 18 h", 1, "left-1"),
            ],
        },
        {
            "name": "Salle Climont",
            "about": "Salle Climont",
            "cells": [_free(16, "8 h – 12 h"), lunch, taken, _free(10, "15 h 30 – 18 h")],
        },
        {"name": "Atelier", "about": "Atelier", "cells": [morning, _free(16, "14 h – 18 h")]},
    ]
    hours = [{"span": 4, "text": f"{8 + index} h"} for index in range(10)]
    return {"quarters": 40, "hours": hours, "rows": rows}


def _table() -> dict[str, Any]:
    columns = [
        {"text": "Site", "href": "#sort", "sort": "ascending"},
        {"text": "État"},
        {"text": "Postes", "is_numeric": True},
    ]
    rows = [
        [{"text": "Villé", "href": "#"}, {"text": "ouvert", "chip": "free"}, _number(8)],
        [{"text": "Sélestat", "href": "#"}, {"text": "complet", "chip": "full"}, _number(22)],
    ]
    row_groups = [{"text": "Bas-Rhin", "sum": 30, "rows": rows}]
    return {"columns": columns, "rows": rows, "row_groups": row_groups}


def _number(value: int) -> dict[str, Any]:
    return {"text": value, "is_numeric": True}


def _map() -> SchematicMap:
    """Return a map with each kind of marker."""
    pins = [
        Pin("a", "La Fabrique", "#a", Point(48.6, 7.75), 42, "Strasbourg"),
        Pin("b", "Le Comptoir", "#b", Point(48.6, 7.75), 3, is_few=True),
        Pin("c", "La Filature", "#c", Point(47.75, 7.33), 0, "Mulhouse"),
        Pin("d", "Un site", "#d", Point(48.08, 7.35)),
    ]
    return draw(samples.LANDS, pins)
