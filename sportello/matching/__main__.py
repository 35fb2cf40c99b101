"""Entry point of ``python -m sportello.matching``."""

import sys

from .program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
