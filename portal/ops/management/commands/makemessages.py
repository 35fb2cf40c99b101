"""manage.py makemessages: Django's, that also collects what is marked `_now`.

A module that translates both when it is loaded (`gettext_lazy as _`) and when a page is shown calls the second `_now`.
xgettext does not know the name by itself, and a phrase that it does not collect stays Italian on the English page.
"""

from django.core.management.commands.makemessages import Command as DjangoCommand


class Command(DjangoCommand):
    xgettext_options = [*DjangoCommand.xgettext_options, "--keyword=_now"]
