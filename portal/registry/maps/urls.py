"""The pictures' addresses; see `addresses` for what they say."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from .views import picture

app_name = "maps"


class SeedConverter(IntConverter):
    """A seed from 0 to 255, written without leading zeros: one address for each picture."""

    regex = "0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]"


class CodesConverter(StringConverter):
    """Codes of places and their separator."""

    regex = "[0-9A-Za-z_-]+"


register_converter(SeedConverter, "map_seed")
register_converter(CodesConverter, "map_codes")

urlpatterns = [
    path("<str:version>/<slug:variant>/<map_seed:seed>/<map_codes:codes>.<slug:extension>", picture, name="picture"),
]
