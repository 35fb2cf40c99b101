"""What makes the test client strict: pages that would look right and be wrong fail here."""

from __future__ import annotations

import copy
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType

import html5lib
from django.template import Origin
from django.template.base import FilterExpression
from django.test import Client

# Not scripts: browsers never run them, and the policy for scripts does not ask about them.
DATA_BLOCKS = {"application/ld+json", "application/json"}
_INLINE_HANDLER = re.compile(r"^on[a-z]+$")


class UndefinedVariable:
    """Stands in `string_if_invalid`: printing a variable that nobody defined in a template of ours fails the test.

    A variable followed by `default` or `default_if_none` is one that may be missing: it gets its default, as ever.
    """

    def __init__(self, templates_folder: Path) -> None:
        self.folder = str(templates_folder)

    def __contains__(self, key: str) -> bool:
        return key == "%s"

    def __str__(self) -> str:
        return ""

    def __mod__(self, name: object) -> object:
        frame = sys._getframe(1)
        expression, context = frame.f_locals.get("self"), frame.f_locals.get("context")
        template = self._template_in_the_stack(frame)
        may_be_missing = isinstance(expression, FilterExpression) and any(
            function.__name__ in {"default", "default_if_none"} for function, _args in expression.filters
        )
        if template is not None and template.startswith(self.folder) and not may_be_missing:
            raise AssertionError(f"Undefined template variable «{name}» in {template.removeprefix(self.folder)}")
        if not isinstance(expression, FilterExpression):
            return ""
        # What Django does without us: the filters are applied to the empty string.
        constant = copy.copy(expression)
        constant.var, constant.is_var = "", False
        return constant.resolve(context)

    @staticmethod
    def _template_in_the_stack(frame: FrameType | None) -> str | None:
        """The file of the template being rendered, found as Django's own debug page does: in the stack."""
        while frame is not None:
            if frame.f_code.co_name in {"render", "render_annotated"}:
                origin = getattr(frame.f_locals.get("self"), "origin", None)
                if isinstance(origin, Origin):
                    return origin.name
            frame = frame.f_back
        return None


class _PageReader(HTMLParser):
    """Collects what a page of ours must not have, and what it must have once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.h1 = 0
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.h1 += tag == "h1"
        for name, value in attrs:
            if _INLINE_HANDLER.match(name):
                self.problems.append(f"<{tag}> has the inline handler {name}")
            if name == "style":
                self.problems.append(f"<{tag}> has an inline style: {value}")
            if name == "id" and value:
                if value in self.ids:
                    self.problems.append(f"id «{value}» appears twice")
                self.ids.add(value)
            if name in {"src", "srcset", "poster"} and value and value.startswith(("http://", "https://", "//")):
                self.problems.append(f"<{tag} {name}> asks an outside server: {value}")
        if tag == "script" and "src" not in names and names.get("type") not in DATA_BLOCKS:
            self.problems.append("an inline script")
        if tag == "style":
            self.problems.append("an inline style sheet")
        if tag == "link" and (names.get("rel") or "") in {"stylesheet", "preload", "icon"}:
            href = names.get("href") or ""
            if href.startswith(("http://", "https://", "//")):
                self.problems.append(f"<link> asks an outside server: {href}")


# html5lib's names for what browsers and validators accept without a word, and what its age makes it complain about.
_ACCEPTED_PARSE_ERRORS: frozenset[str] = frozenset()


def page_problems(html: str) -> list[str]:
    """What is wrong with a page: invalid HTML, inline code, outside requests, ids twice, not exactly one h1."""
    reader = _PageReader()
    reader.feed(html)
    problems = reader.problems
    if reader.h1 != 1:
        problems.append(f"{reader.h1} <h1> instead of one")
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    for (line, column), code, details in parser.errors:
        if code not in _ACCEPTED_PARSE_ERRORS:
            problems.append(f"invalid HTML at {line}:{column}: {code} {details}")
    return problems


class StrictClient(Client):
    """Django's client that also reads every page of ours it gets; Wagtail's admin is Wagtail's to check."""

    def request(self, **request):
        response = super().request(**request)
        path = request.get("PATH_INFO", "")
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and response.content and not path.startswith(("/admin/", "/en/admin/")):
            problems = page_problems(response.content.decode())
            assert not problems, f"{path}: " + "; ".join(problems)
        return response
