"""The API's documentation as a page, written from its OpenAPI document."""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from api.errors import PROBLEMS
from api.examples import EXAMPLES, PROBLEM, Example
from api.markdown import blocks_of, line_of
from api.v1 import api

Json = dict[str, Any]
PLACES = {
    "path": _("in the address"),
    "query": _("in the query"),
    "header": _("header"),
    "body": _("in the body"),
}


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show how to use the API: signing in, every operation with an example, every error."""
    document = api.get_openapi_schema()
    operations = [
        described(document, method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    context = {
        "section": "api",
        "root": f"{settings.PUBLIC_URL}{reverse('api-v1:api-root')}".rstrip("/"),
        "openapi_url": reverse("api-v1:openapi-json"),
        "operations": operations,
        "errors": error_table(),
        "problem": pretty(PROBLEM),
    }
    return render(request, "api/documentation.html", context)


def described(document: Json, method: str, path: str, operation: Json) -> Json:
    """Return what the page tells of one operation."""
    example = EXAMPLES[operation["operationId"]]
    scopes = operation["security"][0].get("token")
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": breakable(path),
        "summary": gettext(operation["summary"]),
        "description": blocks_of(gettext(operation["description"])),
        "access": access_words(scopes),
        "fields": field_table(operation["parameters"], body_fields(document, operation)),
        "command": command(example),
        "status": example.status,
        "answer": pretty(example.answer),
    }


def access_words(scopes: list[str] | None) -> str:
    """Return the scope that an operation needs, or that it needs none."""
    if not scopes:
        return gettext("public")
    return gettext("scope %(scope)s") % {"scope": scopes[0]}


def breakable(path: str) -> SafeString:
    """Return a path that a narrow page breaks before what follows its resource."""
    parts = re.findall(r"^/api/v\d+/[^/]*|/[^/]*", path)
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


def body_fields(document: Json, operation: Json) -> list[Json]:
    """Return the fields of an operation's body in the form of parameters."""
    if "requestBody" not in operation:
        return []
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "body",
            "required": name in required,
            "schema": field,
            "description": field.get("description", ""),
        }
        for name, field in schema["properties"].items()
    ]


def field_table(parameters: list[Json], fields: list[Json]) -> Json:
    """Return the rows of what can be sent."""
    return {
        "caption": _("What can be sent"),
        "columns": [
            {"text": _("Name")},
            {"text": _("Where")},
            {"text": _("Value")},
            {"text": _("Meaning")},
        ],
        "rows": [
            [
                {"text": format_html("<code>{}</code>", field["name"])},
                {"text": where(field)},
                {"text": value_of(field["schema"])},
                {"text": line_of(gettext(words)) if (words := field.get("description")) else "–"},
            ]
            for field in [*parameters, *fields]
        ],
    }


def where(field: Json) -> str:
    """Return where a field is sent, and whether it must be."""
    place = str(PLACES[field["in"]])
    return gettext("%(place)s, required") % {"place": place} if field["required"] else place


def value_of(schema: Json) -> str:
    """Return in a few words what a JSON schema allows."""
    if "anyOf" in schema:
        return " | ".join(value_of(variant) for variant in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(schema["enum"])
    words = [str(schema.get("format", schema["type"]))]
    if "exclusiveMinimum" in schema:
        words.append(f"> {schema['exclusiveMinimum']}")
    words += [f"≥ {schema['minimum']}"] if "minimum" in schema else []
    words += [f"≤ {schema['maximum']}"] if "maximum" in schema else []
    if schema.get("default"):
        words.append(gettext("by default %(value)s") % {"value": schema["default"]})
    return ", ".join(words)


def error_table() -> Json:
    """Return every code with its status and words."""
    return {
        "columns": [{"text": _("Code")}, {"text": _("Status")}, {"text": _("Meaning")}],
        "rows": [
            {"code": code, "status": status, "title": title}
            for code, (status, title) in PROBLEMS.items()
        ],
    }


def command(example: Example) -> str:
    """Return an example as a command to paste in a terminal."""
    root = f"{settings.PUBLIC_URL}/api/v1"
    method = "" if example.method == "GET" else f"-X {example.method} "
    lines = [f"curl {method}'{root}{example.path}'", '-H "Authorization: Bearer $TOKEN"']
    lines += [f"-H '{name}: {value}'" for name, value in example.headers.items()]
    if example.body:
        lines += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(example.body)}'"]
    return " \\\n  ".join(lines)


def pretty(value: Json | str) -> str:
    """Return an answer to read: JSON spread over lines, another text as it is."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, indent=2)
