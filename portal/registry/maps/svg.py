"""Prints a scene as a small SVG: whole numbers (tenths of a unit), relative paths, no style, no script, no font."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from .geometry import Point
from .lettering import Contour
from .scene import Dots, Label, Lines, Paint, Scene, Veil

_TENTHS = 10


def _numbers(values: Iterable[int]) -> str:
    """Numbers in the shortest form that a path allows: a minus sign separates too."""
    return "".join(str(value) if value < 0 else f" {value}" for value in values)


class _Pen:
    """Writes one path, remembering where it is in whole tenths so that rounding never adds up."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.x = self.y = 0
        self._last = ""

    def _steps(self, points: Sequence[float]) -> list[int]:
        out = []
        for i in range(0, len(points), 2):
            out += [round(points[i] * _TENTHS) - self.x, round(points[i + 1] * _TENTHS) - self.y]
        return out

    def move(self, point: Point) -> None:
        self.x, self.y = round(point[0] * _TENTHS), round(point[1] * _TENTHS)
        self.parts.append(f"M{self.x}" + _numbers((self.y,)))
        self._last = "M"

    def draw(self, command: str, *points: float) -> None:
        """A line ("l") or quadratic curve ("q") to points given in picture units."""
        steps = self._steps(points)
        if not any(steps):
            return
        text = _numbers(steps)
        self.parts.append(text if command == self._last else command + text.lstrip())
        self._last = command
        self.x += steps[-2]
        self.y += steps[-1]

    def close(self) -> None:
        self.parts.append("z")
        self._last = "z"


def path_data(lines: Lines) -> str:
    """The `d` of lines and rings; a ring is a line that ends where it starts."""
    pen = _Pen()
    for line in lines:
        closed = line[0] == line[-1] and len(line) > 2
        pen.move(line[0])
        for x, y in line[1:-1] if closed else line[1:]:
            pen.draw("l", x, y)
        if closed:
            pen.close()
    return "".join(pen.parts)


def _lettering(contours: Iterable[Contour]) -> str:
    pen = _Pen()
    for start, segments in contours:
        pen.move(start)
        for segment in segments:
            pen.draw("l" if len(segment) == 2 else "q", *segment)
        pen.close()
    return "".join(pen.parts)


def _number(value: float) -> str:
    return f"{value * _TENTHS:.4g}"


def _attributes(paint: Paint) -> str:
    out = [f' fill="{paint.fill or "none"}"']
    if paint.fill:
        out.append(' fill-rule="evenodd"')
    if paint.stroke:
        out.append(f' stroke="{paint.stroke}" stroke-width="{_number(paint.width)}" stroke-linejoin="round"')
    if paint.dash:
        out.append(f' stroke-dasharray="{_number(paint.dash[0])} {_number(paint.dash[1])}"')
    if paint.opacity < 1:
        out.append(f' opacity="{paint.opacity:g}"')
    if paint.clip:
        out.append(f' clip-path="url(#in-{paint.clip})"')
    return "".join(out)


def _paint(paint: Paint) -> str:
    if paint.shape:
        return f'<use href="#{paint.shape}"{_attributes(paint)}/>'
    return f'<path d="{path_data(paint.lines)}"{_attributes(paint)}/>' if paint.lines else ""


def _dots(dots: Dots) -> str:
    # A dot is a line of no length with a round cap: a third of the bytes of a <circle>.
    paths: dict[int, str] = {}
    last: dict[int, tuple[int, int]] = {}
    for x, y, radius in dots.circles:
        size, at = round(radius * 2 * _TENTHS), (round(x * _TENTHS), round(y * _TENTHS))
        if size in paths:
            step = "m" + _numbers((at[0] - last[size][0], at[1] - last[size][1])).lstrip()
        else:
            step = f"M{at[0]}" + _numbers((at[1],))
        paths[size] = paths.get(size, "") + step + "h0"
        last[size] = at
    looks = [(dots.fill, 0)]
    if dots.stroke:
        looks.insert(0, (dots.stroke, round(dots.width * 2 * _TENTHS)))
    out = [
        f'<path d="{steps}" stroke="{colour}" stroke-width="{size + extra}"/>'
        for colour, extra in looks
        for size, steps in sorted(paths.items())
    ]
    return f'<g stroke-linecap="round">{"".join(out)}</g>' if out else ""


def _label(label: Label) -> str:
    return (
        f'<path d="{_lettering(label.contours)}" fill="{label.fill}" stroke="{label.halo}"'
        f' stroke-width="{_number(label.halo_width)}" stroke-linejoin="round" paint-order="stroke"/>'
    )


def _veil(veil: Veil, scene: Scene) -> str:
    return (
        f'<linearGradient id="veil"><stop stop-color="{veil.colour}" stop-opacity="{veil.opacity:g}"/>'
        f'<stop offset=".45" stop-color="{veil.colour}" stop-opacity="{veil.opacity * 0.8:.2g}"/>'
        f'<stop offset="1" stop-color="{veil.colour}" stop-opacity="0"/></linearGradient>'
        f'<path fill="url(#veil)" d="M0 0h{veil.reach * _TENTHS:.0f}v{scene.height * _TENTHS}H0z"/>'
    )


def to_svg(scene: Scene) -> str:
    """The scene as an SVG document (one line, UTF-8)."""
    clips = sorted({layer.clip for layer in scene.layers if isinstance(layer, Paint) and layer.clip})
    defs = [f'<path id="{name}" d="{path_data(lines)}"/>' for name, lines in sorted(scene.shapes.items())]
    defs += [f'<clipPath id="in-{name}"><use href="#{name}" clip-rule="evenodd"/></clipPath>' for name in clips]
    body = []
    for layer in scene.layers:
        if isinstance(layer, Paint):
            body.append(_paint(layer))
        elif isinstance(layer, Dots):
            body.append(_dots(layer))
        elif isinstance(layer, Label):
            body.append(_label(layer))
        else:
            body.append(_veil(layer, scene))
    width, height = scene.width * _TENTHS, scene.height * _TENTHS
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scene.width}" height="{scene.height}"'
        f' viewBox="0 0 {width} {height}"><title>{escape(scene.title)}</title><defs>{"".join(defs)}</defs>'
        f'<path fill="{scene.ground}" d="M0 0h{width}v{height}H0z"/>{"".join(body)}</svg>\n'
    )
