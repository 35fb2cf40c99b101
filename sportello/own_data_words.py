"""How one's own data are written: labels and values that a person reads and a program too."""

from collections.abc import Mapping

Entries = list[dict[str, str]]
"""The entries of one section: each a mapping of labels to values."""


def words(values: Mapping) -> dict[str, str]:
    """Keep what is there, as text: days and moments as in ISO 8601."""
    kept = {}
    for label, value in values.items():
        if value in (None, ""):
            continue
        kept[str(label)] = value.isoformat(timespec="minutes") if hasattr(value, "hour") else str(value)
    return kept


def as_text(sections: list[tuple[str, Entries]]) -> str:
    """The sections as a plain text that opens anywhere."""
    lines: list[str] = []
    for title, entries in sections:
        lines += [title.upper(), ""]
        for entry in entries:
            lines += [f"{label}: {value}" for label, value in entry.items()]
            lines.append("")
    return "\n".join(lines)
