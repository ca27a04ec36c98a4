import pytest
from django.test import Client
from tests.journeys.test_pages import PAGES, make_world
from tests.shown import marked_catalogue, strangers
@pytest.mark.django_db
def test_probe(tmp_path, settings):
    world = make_world()
    settings.LOCALE_PATHS=[marked_catalogue("de", tmp_path)]
    from network.models import User
    User.objects.update(language="de")
    all={}
    for name,path,who in PAGES:
        client=Client(headers={"accept-language":"de"})
        p=world.people[who]
        if p:
            p.refresh_from_db()
            client.force_login(p, backend="django.contrib.auth.backends.ModelBackend")
        html=client.get(world.address(path)).content.decode()
        for s in strangers(html,"de"): all.setdefault(s,[]).append(name)
    for s in sorted(all): print(repr(s), all[s][:3])
