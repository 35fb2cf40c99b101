#!/usr/bin/env bash
# Make .venv with the locked dependencies: `venv.sh base` to run the portal, `venv.sh dev` to test it too.
# Does nothing when the lock file has not changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
which=${1:-base}
stamp=.venv/$which
if [ ! -x .venv/bin/python ]; then
  python=${PYTHON:-python3}
  command -v "$python" >/dev/null || { echo "Python 3.11 or newer is needed, and $python is not there." >&2; exit 1; }
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; $python is $("$python" --version). PYTHON=/path/to/python3.11 names another." >&2
    exit 1
  }
  "$python" -m venv .venv 2>/dev/null || {
    echo "Python cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2
    exit 1
  }
fi
if [ ! -f "$stamp" ] || ! cmp -s "requirements/$which.txt" "$stamp"; then
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement "requirements/$which.txt"
  cp "requirements/$which.txt" "$stamp"
  [ "$which" = dev ] && cp requirements/base.txt .venv/base
fi
exit 0
