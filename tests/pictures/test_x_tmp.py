import pytest
from django.urls import reverse
from wagtail.permissions import policy_registry
from pictures.models import Picture
@pytest.mark.django_db
def test_x(client, editor):
    client.force_login(editor)
    pol=policy_registry.get_by_type(Picture); print(type(pol), pol.model, getattr(pol,'auth_model',None), pol.user_has_any_permission(editor,["add","change"]))
    a=client.get(reverse("pictures_without_words")); print(a.status_code, a.headers.get("location"))
    a=client.get(reverse("wagtailimages:index")); print(a.status_code)
    assert 0
