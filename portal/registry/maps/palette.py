"""The colours of the maps, all mixed from the portal's five tokens and the white of its cards."""

INK = "#17212b"
PAPER = "#fbf9f4"
BOSCO = "#175e4c"
TERRA = "#b4532a"
CIELO = "#dce9e4"
WHITE = "#ffffff"


def rgb(colour: str) -> tuple[int, int, int]:
    """The three channels (0-255) of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(ground: str, colour: str, share: float) -> str:
    """`share` (0-1) of a colour on a ground, as "#rrggbb": what a transparent layer would show."""
    pairs = zip(rgb(ground), rgb(colour), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
