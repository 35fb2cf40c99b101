"""What the documents tell an operator to run by the clock can be run: it is there and takes what it is given."""

import re
import shlex

import pytest
from django.core.management import get_commands, load_command_class

from portal.settings.env import BASE_DIR

ROWS = re.findall(r"\| `manage\.py ([a-z_]+)([^`]*)` \|", (BASE_DIR / "docs" / "production.md").read_text())


def test_there_are_some():
    assert len(ROWS) > 8


@pytest.mark.parametrize(("name", "arguments"), ROWS)
def test_it_takes_its_arguments(name, arguments):
    app = get_commands()[name]
    command = load_command_class(app, name) if isinstance(app, str) else app
    command.create_parser("manage.py", name).parse_args(shlex.split(arguments))
