"""What the editing forms of every app need from the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def keep_what_is_typed_in_date_fields():
    """Before any date field is made: the picker never replaces what a person wrote."""
    return format_html('<script src="{}"></script>', static("js/admin-dates.js"))
