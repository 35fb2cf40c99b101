"""Fields of pages: a StreamField that keeps migrations small, numbers that editors write as they speak."""

from django.db import models
from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Wagtail's StreamField without its block definitions in migrations.

    The block definitions never change the database column, yet Wagtail writes all of them into every migration that
    touches the field (tens of megabytes in large sites). Here a migration sees an empty list of blocks. The price: a
    data migration that reads block values must name the blocks it needs by itself.
    """

    def __init__(self, block_types=(), *args, **kwargs):
        super().__init__(block_types or [], *args, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class AmountField(models.DecimalField):
    """A DecimalField whose form takes numbers as Italians write them: 80.000 is eighty thousand, 1.234,50 has cents.

    A browser's number input would read the first as 80. The column, and the migration, are those of a DecimalField.
    """

    def formfield(self, **kwargs):
        field = super().formfield(**{"localize": True, **kwargs})
        if field is not None:
            field.widget.attrs.setdefault("inputmode", "decimal")
        return field

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs
