"""Forms drawn with the project's own field component."""

from typing import Any

from django.forms.renderers import TemplatesSetting

from config.design.controls import drawn


class ComponentRenderer(TemplatesSetting):
    """Draw every field as label, hint, control and error (`templates/components/field.html`)."""

    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw a field, or a control: those of every day without a template."""
        control = drawn(template_name, context["widget"]) if "widget" in context else None
        return super().render(template_name, context, request) if control is None else control
