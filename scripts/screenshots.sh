#!/usr/bin/env bash
# The pictures of the README, taken from a freshly loaded demo in Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/venv.sh dev
mkdir -p docs/images
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} \
  TAKE_SCREENSHOTS=docs/images .venv/bin/python -m pytest --quiet -m browser tests/e2e/test_screenshots.py
echo "The pictures are in docs/images."
