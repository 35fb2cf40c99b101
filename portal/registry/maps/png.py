"""Prints a scene as a PNG with Pillow, drawn larger and reduced so that edges are smooth."""

from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw

from .geometry import Point
from .lettering import Contour
from .palette import rgb
from .scene import Dots, Label, Lines, Paint, Scene, Veil

_OVERSAMPLING = 2
_COLOURS = 192


class _Press:
    """One sheet under way: every layer becomes a mask through which its colour is pressed."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.size = (scene.width * _OVERSAMPLING, scene.height * _OVERSAMPLING)
        self.sheet = Image.new("RGB", self.size, scene.ground)
        self._areas: dict[str, Image.Image] = {}

    def _scaled(self, line: Iterable[Point]) -> list[tuple[float, float]]:
        return [(x * _OVERSAMPLING, y * _OVERSAMPLING) for x, y in line]

    def _area(self, lines: Lines) -> Image.Image:
        """The inside of rings by the even-odd rule: each ring inverts what it covers."""
        mask = Image.new("1", self.size)
        for line in lines:
            ring = Image.new("1", self.size)
            ImageDraw.Draw(ring).polygon(self._scaled(line), fill=1)
            mask = ImageChops.logical_xor(mask, ring)
        return mask.convert("L")

    def _shape(self, name: str) -> Image.Image:
        if name not in self._areas:
            self._areas[name] = self._area(self.scene.shapes[name])
        return self._areas[name]

    def _press(self, mask: Image.Image, colour: str, opacity: float = 1.0) -> None:
        if opacity < 1:
            mask = mask.point(lambda value: round(value * opacity))
        self.sheet.paste(rgb(colour), mask=mask)

    def paint(self, paint: Paint) -> None:
        lines = self.scene.shapes[paint.shape] if paint.shape else paint.lines
        if paint.fill:
            mask = self._shape(paint.shape) if paint.shape else self._area(lines)
            if paint.clip:
                mask = ImageChops.multiply(mask, self._shape(paint.clip))
            self._press(mask, paint.fill, paint.opacity)
        if paint.stroke:
            mask = Image.new("L", self.size)
            pen = ImageDraw.Draw(mask)
            width = max(1, round(paint.width * _OVERSAMPLING))
            for line in lines:
                for run in _dashes(line, paint.dash) if paint.dash else [line]:
                    pen.line(self._scaled(run), fill=255, width=width, joint="curve")
            if paint.clip:
                mask = ImageChops.multiply(mask, self._shape(paint.clip))
            self._press(mask, paint.stroke, paint.opacity)

    def dots(self, dots: Dots) -> None:
        pen = ImageDraw.Draw(self.sheet)
        looks = [(dots.stroke, dots.width), (dots.fill, 0.0)] if dots.stroke else [(dots.fill, 0.0)]
        for colour, extra in looks:
            for x, y, radius in dots.circles:
                pen.circle((x * _OVERSAMPLING, y * _OVERSAMPLING), (radius + extra) * _OVERSAMPLING, fill=colour)

    def label(self, label: Label) -> None:
        pen = ImageDraw.Draw(self.sheet)
        rings = [self._scaled(_flat(contour)) for contour in label.contours]
        for ring in rings:
            pen.line(ring, fill=label.halo, width=round(label.halo_width * _OVERSAMPLING), joint="curve")
        left, top = int(min(x for ring in rings for x, _ in ring)), int(min(y for ring in rings for _, y in ring))
        right, bottom = max(x for ring in rings for x, _ in ring), max(y for ring in rings for _, y in ring)
        mask = Image.new("1", (int(right - left) + 2, int(bottom - top) + 2))
        for ring in rings:
            one = Image.new("1", mask.size)
            ImageDraw.Draw(one).polygon([(x - left, y - top) for x, y in ring], fill=1)
            mask = ImageChops.logical_xor(mask, one)
        self.sheet.paste(rgb(label.fill), (left, top), mask.convert("L"))

    def veil(self, veil: Veil) -> None:
        wash = Image.linear_gradient("L").rotate(90).resize((round(veil.reach * _OVERSAMPLING), self.size[1]))
        mask = Image.new("L", self.size)
        mask.paste(wash.point(lambda value: round((255 - value) * veil.opacity)))
        self._press(mask, veil.colour)


def _flat(contour: Contour) -> list[Point]:
    """A glyph's contour as a closed line, its curves cut in four."""
    start, segments = contour
    line = [start]
    for segment in segments:
        if len(segment) == 2:
            line.append((segment[0], segment[1]))
            continue
        (x0, y0), (cx, cy, x1, y1) = line[-1], segment
        for t in (0.25, 0.5, 0.75, 1.0):
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            line.append((a * x0 + b * cx + c * x1, a * y0 + b * cy + c * y1))
    line.append(start)
    return line


def _dashes(line: Iterable[Point], dash: tuple[float, float]) -> list[list[Point]]:
    """The inked parts of a dashed line."""
    points = list(line)
    runs: list[list[Point]] = [[points[0]]]
    left, inked = dash[0], True
    for (x1, y1), (x2, y2) in pairwise(points):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        done = 0.0
        while length - done > left:
            done += left
            at = (x1 + (x2 - x1) * done / length, y1 + (y2 - y1) * done / length)
            if inked:
                runs[-1].append(at)
            else:
                runs.append([at])
            inked = not inked
            left = dash[0] if inked else dash[1]
        left -= length - done
        if inked:
            runs[-1].append((x2, y2))
    return [run for run in runs if len(run) > 1]


def to_png(scene: Scene) -> bytes:
    """The scene as an optimised PNG of a limited palette, of the scene's own size in pixels."""
    press = _Press(scene)
    for layer in scene.layers:
        if isinstance(layer, Paint):
            press.paint(layer)
        elif isinstance(layer, Dots):
            press.dots(layer)
        elif isinstance(layer, Label):
            press.label(layer)
        else:
            press.veil(layer)
    picture = press.sheet.resize((scene.width, scene.height), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
