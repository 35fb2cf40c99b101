#!/usr/bin/env bash
# The checks of this project: `test.sh all|lint|sqlite|postgres|browser`.
# A missing optional part (PostgreSQL, Chromium, gettext) is named with the way to get it, and the rest runs;
# with REQUIRE_ALL=1 (continuous integration) a missing part is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
what=${1:-all}
started=$SECONDS
failed=() missing=()
scripts/venv.sh dev || exit 1
export PATH="$PWD/.venv/bin:$PATH" DJANGO_SETTINGS_MODULE=portal.settings.test
export DATABASE_URL=sqlite:///:memory:
# Some thirty processes read the same modules: compiled once, not by each of them.
unset PYTHONDONTWRITEBYTECODE

say() { printf '\n== %s (after %d s)\n' "$1" $((SECONDS - started)); }
run() { # name, command...
  local name=$1; shift
  "$@" || { failed+=("$name"); printf '^^ failed: %s\n' "$name"; return 1; }
}
lacks() { # name, how to get it
  missing+=("$1")
  printf '\n!! %s is not on this machine, so its part is left out. To get it: %s\n' "$1" "$2"
}

lint() {
  say "Style, templates, types, imports, migrations, messages"
  run "ruff check" ruff check --quiet .
  run "ruff format" ruff format --check --quiet .
  run "djlint" djlint --lint --quiet templates
  run "mypy" mypy --no-error-summary portal progetti bandi sportello home
  run "import contract" lint-imports --no-cache
  run "migrations" python manage.py makemigrations --check --dry-run
  if command -v xgettext >/dev/null; then
    run "message catalogues" scripts/messages.sh --check
  else
    lacks gettext "sudo apt install gettext   (or: brew install gettext)"
  fi
}

workers() { python -c 'import os; print(min(4, max(1, os.cpu_count() or 1)))'; }

# Migrating takes a minute or two of one processor for each database, loading the demo a minute: they are done in the
# background, in the order in which they are needed, from the checks of style on. Who comes too soon waits.
prepare() { # the databases' addresses
  local url path
  path=$(chromium_path)
  if [ -n "$path" ]; then
    LOADED_DEMO=$(mktemp -d)
    export LOADED_DEMO
    trap end EXIT
  fi
  {
    for url in "$@"; do DATABASE_URL=$url python -m tests.helpers.database; done
    [ -n "$path" ] && python -m tests.e2e.serving "$LOADED_DEMO"
  } &
}
end() {
  [ -n "${postgres_folder:-}" ] && scripts/postgres.sh stop "$postgres_folder"
  [ -n "${LOADED_DEMO:-}" ] && rm -rf "$LOADED_DEMO"
}

sqlite() {
  say "The suite on SQLite"
  run "suite on SQLite" env DATABASE_URL=sqlite:///:memory: python -m pytest --quiet -n "$(workers)"
}

postgres_url=${TEST_POSTGRES_URL:-}
start_postgres() {
  [ -n "$postgres_url" ] && return
  postgres_folder=$(mktemp -d)/cluster
  postgres_url=$(scripts/postgres.sh start "$postgres_folder") || return 1
  trap end EXIT
}

postgres() {
  say "The suite on PostgreSQL"
  start_postgres || {
    lacks PostgreSQL "sudo apt install postgresql   (or: brew install postgresql), or TEST_POSTGRES_URL=postgres://..."
    return
  }
  # Tests that touch no database (rules, arithmetic, drawings, files) were run once, beside SQLite.
  local -a which=()
  [ "$what" = all ] && which=(--database-only)
  run "suite on PostgreSQL" env DATABASE_URL="$postgres_url" python -m pytest --quiet -n "$(workers)" "${which[@]}"
}

chromium_path() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" && return
  done
  [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && echo "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
}

browser() {
  say "The demo in Chromium"
  local path
  path=$(chromium_path)
  if [ -z "$path" ]; then
    lacks Chromium "sudo apt install chromium   (or CHROMIUM=/path/to/chrome)"
    return
  fi
  run "browser tests" env CHROMIUM="$path" python -m pytest --quiet -n "$(workers)" -m browser tests/e2e
}

case $what in
  all)
    start_postgres
    prepare sqlite:///:memory: ${postgres_url:+"$postgres_url"}
    lint; sqlite; postgres; browser
    ;;
  lint | sqlite | postgres | browser) "$what" ;;
  *) echo "usage: test.sh all|lint|sqlite|postgres|browser" >&2; exit 2 ;;
esac

printf '\n== Done in %d s.' $((SECONDS - started))
[ ${#missing[@]} -gt 0 ] && printf ' Left out: %s.' "${missing[*]}"
if [ ${#failed[@]} -gt 0 ]; then
  printf ' Failed:'; printf ' %s;' "${failed[@]}"; printf '\n'
  exit 1
fi
printf ' Nothing failed.\n'
[ ${#missing[@]} -gt 0 ] && [ "${REQUIRE_ALL:-}" = 1 ] && exit 1
exit 0
