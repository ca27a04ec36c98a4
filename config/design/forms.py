"""Forms drawn with the project's own field component."""

from typing import Any

from django.forms.renderers import TemplatesSetting

from config.design.controls import drawn
from config.design.fields import plain


class ComponentRenderer(TemplatesSetting):
    """Draw every field as label, hint, control and error (`templates/components/field.html`)."""

    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw a field, or a control: those of every day without a template."""
        written = None
        if "widget" in context:
            written = drawn(template_name, context["widget"])
        elif template_name == self.field_template_name:
            written = plain(context["field"])
        return super().render(template_name, context, request) if written is None else written
