#!/usr/bin/env bash
# The portal with real content on this machine: environment, database, content, static files, web server.
# Run again: quick, and nothing doubled. DEMO_ONLY=load stops before serving. PORT= changes the port.
set -euo pipefail
cd "$(dirname "$0")/.."
PORT=${PORT:-8000}
started=$SECONDS
step() { printf '%3d s  %s\n' $((SECONDS - started)) "$1"; }

step "Python environment and locked dependencies"
scripts/venv.sh base
export DJANGO_SETTINGS_MODULE=portal.settings.dev PORT
export BASE_URL=${BASE_URL:-http://127.0.0.1:$PORT}
if [ "${DEMO_ONLY:-}" != load ] && ! .venv/bin/python - "$PORT" <<'PY'
import socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PY
then
  echo "Port $PORT is taken. Choose another: PORT=8010 make demo" >&2
  exit 1
fi
mkdir -p var
step "Database (SQLite, var/portal.sqlite3)"
.venv/bin/python manage.py migrate --verbosity 0
step "Real content, demo accounts"
.venv/bin/python manage.py load_demo
step "Static files"
.venv/bin/python manage.py collectstatic --noinput --verbosity 0
step "Ready."
if [ "${DEMO_ONLY:-}" = load ]; then
  exit 0
fi
echo
echo "  The portal is on      http://127.0.0.1:$PORT/"
echo "  Its editors' side     http://127.0.0.1:$PORT/admin/"
echo "  The e-mails it sends  http://127.0.0.1:$PORT/demo/posta/"
echo "  Ctrl-C ends it."
echo
exec .venv/bin/gunicorn portal.wsgi
