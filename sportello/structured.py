"""What search engines read of a public page: JSON-LD, inside a script element that runs nothing."""

import json

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(data: dict) -> SafeString:
    """Return data as JSON that can stand inside a `script` element, whatever words it holds."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
