"""Compare the committed message catalogue with what the code says now: nothing missing, fuzzy or left over."""

import sys

import polib


def main(committed_path: str, current_path: str) -> int:
    """Print what is wrong with the committed catalogue; 0 if nothing is, 1 otherwise."""
    committed, current = polib.pofile(committed_path), polib.pofile(current_path)
    compiled = polib.mofile(committed_path.removesuffix(".po") + ".mo")
    key = lambda entry: (entry.msgctxt, entry.msgid)  # noqa: E731  used three times, below
    have = {key(entry): entry for entry in committed if not entry.obsolete}
    problems = [f"not in the catalogue: {entry.msgid!r}" for entry in current if key(entry) not in have]
    for entry in have.values():
        if not entry.translated():
            problems.append(f"no English, or fuzzy: {entry.msgid!r}")
    if {key(entry) for entry in compiled} != {key(entry) for entry in have.values()}:
        problems.append("the compiled catalogue is behind: run make messages")
    for problem in problems[:40]:
        print(problem)
    if problems:
        print(f"{len(problems)} problems in {committed_path}; run make messages and translate what is new.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
