#!/usr/bin/env bash
# Compile pyproject.toml into the two lock files: every package pinned with its hashes, no index named.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
"$python" -m uv --version >/dev/null 2>&1 || "$python" -m pip install --quiet uv
compile=("$python" -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes
  --no-emit-index-url --no-header pyproject.toml "$@")
"${compile[@]}" --output-file requirements/base.txt
"${compile[@]}" --extra dev --constraints requirements/base.txt --output-file requirements/dev.txt
echo "requirements/base.txt and requirements/dev.txt are up to date with pyproject.toml."
