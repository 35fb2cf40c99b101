"""What the editing forms of every app need from the admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def keep_what_is_typed_in_date_fields():
    """Before any date field is made: the picker never replaces what a person wrote."""
    return format_html('<script src="{}"></script>', static("js/admin-dates.js"))


@hooks.register("insert_global_admin_js")
def name_the_text_editors():
    """Each text editor takes the label over it, for who listens to the form."""
    return format_html('<script src="{}"></script>', static("js/admin-editors.js"))


@hooks.register("insert_editor_js")
def save_one_thing_at_a_time():
    """In the page editor: a button that is pressed while the draft saves itself waits for that."""
    return format_html('<script src="{}"></script>', static("js/admin-saving.js"))


@hooks.register("insert_global_admin_css")
def colours_and_phones():
    """The portal's colours; lists of the admin that can be read, and reached to their last column, at 360 pixels."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
