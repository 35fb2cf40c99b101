#!/usr/bin/env bash
# Collect the phrases of code and templates into locale/en and compile it (the source language is Italian).
# `messages.sh --check` changes nothing: it fails when a phrase has no English or the catalogue is behind the code.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || python=python3
if [ "${1:-}" = --check ]; then
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  cp -r locale "$copy/before"
  restore() { rm -rf locale; cp -r "$copy/before" locale; rm -rf "$copy"; }
  trap restore EXIT
fi
"$python" manage.py makemessages --locale en --no-obsolete --no-wrap --add-location file \
  --ignore '.venv/*' --ignore 'node_modules/*' --ignore 'frontend/*' --ignore 'staticfiles/*' --ignore 'var/*' --ignore 'tests/*' --verbosity 0
if [ "${1:-}" = --check ]; then
  "$python" scripts/check_messages.py "$copy/before/en/LC_MESSAGES/django.po" locale/en/LC_MESSAGES/django.po
else
  "$python" manage.py compilemessages --locale en --ignore '.venv' --verbosity 0
  msgattrib --untranslated --no-wrap locale/en/LC_MESSAGES/django.po | grep -c '^msgid' || true
fi
