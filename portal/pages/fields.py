"""A StreamField that keeps migrations small."""

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
