"""What a picture is made of: the same few primitives for the SVG and the PNG, in picture units."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .geometry import Point
from .lettering import Contour

Lines = Sequence[Sequence[Point]]


@dataclass(frozen=True, slots=True)
class Paint:
    """Lines or closed rings (even-odd), filled and stroked.

    `shape` names one of the scene's shapes instead of `lines`; `clip` names the shape outside which nothing shows.
    """

    lines: Lines = ()
    shape: str = ""
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, float] | None = None
    opacity: float = 1.0
    clip: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Circles (x, y, radius) of one look."""

    circles: Sequence[tuple[float, float, float]]
    fill: str
    stroke: str = ""
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A text as outlines with a halo of the ground's colour behind it; `text` is what it says."""

    text: str
    contours: Sequence[Contour]
    fill: str
    halo: str
    halo_width: float


@dataclass(frozen=True, slots=True)
class Veil:
    """A wash of one colour over the picture's height, from `opacity` at the left edge to nothing at `reach`."""

    colour: str
    opacity: float
    reach: float


Layer = Paint | Dots | Label | Veil


@dataclass(slots=True)
class Scene:
    """A picture: size, ground, named shapes used more than once, and layers from back to front."""

    width: int
    height: int
    ground: str
    title: str
    shapes: dict[str, Lines] = field(default_factory=dict)
    layers: list[Layer] = field(default_factory=list)
