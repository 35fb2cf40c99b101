"""The lines of gunicorn's access log, for who turns it on."""

import runpy
from datetime import timedelta
from types import SimpleNamespace

from gunicorn.config import Config
from gunicorn.glogging import Logger

from portal.settings.env import BASE_DIR


def test_a_line_names_nobody():
    """Neither what was looked for, nor from which page or machine: only what, how it went, and the request's id."""
    line_format = runpy.run_path(str(BASE_DIR / "gunicorn.conf.py"))["access_log_format"]
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/admin/sportello/giovani/",
        "RAW_URI": "/admin/sportello/giovani/?q=Rossi",
        "QUERY_STRING": "q=Rossi",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_REFERER": "https://portale.example.org/admin/sportello/giovani/?q=Bianchi",
        "HTTP_USER_AGENT": "Firefox",
    }
    response = SimpleNamespace(status="200 OK", sent=1234, headers=[("X-Request-ID", "a1b2c3")])
    request = SimpleNamespace(headers=[])
    line = line_format % Logger(Config()).atoms(response, request, environ, timedelta(milliseconds=80))
    assert '"GET /admin/sportello/giovani/" 200 1234 0.080000s a1b2c3' in line
    for told in ("Rossi", "Bianchi", "192.0.2.7", "Firefox"):
        assert told not in line
