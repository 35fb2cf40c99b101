"""The round as a program that anyone can re-run: JSON in, JSON out, one line when it cannot."""

import sys

from .document import DOCUMENT, read_round, write_outcome
from .round import run_round
from .round_input import RoundInputError

USAGE = "usage: python -m sportello.matching < input.json > output.json"
FAILED = 2


def run(data: bytes) -> bytes:
    """Return the output document for an input document. Raises RoundInputError if it cannot be run."""
    given = read_round(data)
    return (write_outcome(given, run_round(given)) + "\n").encode()


def main(arguments: list[str]) -> int:
    """Run a round from standard input to output; return the exit status: 0, or 2 after one line of error."""
    try:
        if arguments:
            raise RoundInputError("arguments", f"none are taken; {USAGE}")
        if sys.stdin is None or sys.stdout is None:
            raise RoundInputError(DOCUMENT, "standard input and output must be open")
        output = run(sys.stdin.buffer.read())
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
    except RoundInputError as error:
        return _fail(str(error))
    except MemoryError:
        return _fail(f"{DOCUMENT}: too large for the memory of this machine")
    except OSError as error:
        # Whoever reads us went away, or the disk is full: let Python not try to flush again when it ends.
        sys.stdout = None
        return _fail(f"standard input or output: {error.strerror}")
    return 0


def _fail(message: str) -> int:
    if sys.stderr is not None:
        print(message, file=sys.stderr)
    return FAILED
