"""Forms drawn with the project's own field component."""

from django.forms.renderers import TemplatesSetting


class ComponentRenderer(TemplatesSetting):
    """Draw every field as label, hint, control and error (`templates/components/field.html`)."""

    field_template_name = "components/field.html"
