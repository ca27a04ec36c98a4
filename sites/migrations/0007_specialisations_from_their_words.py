import re

from django.db import migrations
from django.utils.text import slugify

BETWEEN = re.compile(r"\s*[,;]\s*")


def read_words(apps, schema_editor):
    Site = apps.get_model("sites", "Site")
    for site in Site.objects.exclude(specialisation_words="").order_by("pk"):
        for name in filter(None, BETWEEN.split(site.specialisation_words.strip())):
            site.specialisations.add(term(apps.get_model("sites", "Specialisation"), name))


def term(Specialisation, name):
    found = Specialisation.objects.filter(name=name).first()
    if found:
        return found
    base = slugify(name)[:40] or "specialisation"
    taken = set(Specialisation.objects.values_list("code", flat=True))
    further = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    code = next(one for one in (base, *further) if one not in taken)
    return Specialisation.objects.create(code=code, name=name)


def write_words(apps, schema_editor):
    Site = apps.get_model("sites", "Site")
    links = Site.specialisations.through.objects.order_by("pk").select_related("specialisation")
    for site in Site.objects.filter(specialisations__isnull=False).distinct():
        names = [one.specialisation.name for one in links.filter(site=site)]
        # What does not fit into the old column is named no more, rather than refused.
        while len(", ".join(names)) > 200:
            names.pop()
        site.specialisation_words = ", ".join(names)
        site.save(update_fields=["specialisation_words"])


class Migration(migrations.Migration):

    dependencies = [
        ("sites", "0006_specialisations_beside_their_words"),
    ]

    operations = [
        migrations.RunPython(read_words, write_words),
    ]
