"""Every field of a page of the redazione is in its editing form: nothing can be filled in only by a program."""

import pytest
from django.apps import apps
from wagtail.models import Page

from portal.pages.base import BasePage

# Written by Wagtail, or in its own tab of every page.
WAGTAILS = {field.name for field in Page._meta.get_fields()} | {"page_ptr", "index_entries"}
TYPES = [
    model
    for model in apps.get_models()
    if issubclass(model, BasePage) and model._meta.app_label in ("progetti", "bandi")
]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_every_field_can_be_edited(model):
    form = model.get_edit_handler().get_form_class()
    fields = {
        field.name
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.editable and field.name not in WAGTAILS
    }
    assert fields - set(form.base_fields) == set()
