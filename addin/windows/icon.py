#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""icon.py SVG ICO: the drawing as a Windows icon of the usual sizes. Of SVG it knows what icon.svg uses: rect, circle and polyline with
round ends, drawn by their distance from each pixel. The large sizes are PNGs, the others bitmaps, as old programs want them."""
import math
import struct
import sys
import xml.etree.ElementTree as ET
import zlib

SIZES = (16, 20, 24, 32, 48, 64, 256)
BOX = 256                       # of the drawing


def rect(attributes):
    x, y, w, h = (float(attributes[key]) for key in ("x", "y", "width", "height"))
    r = float(attributes.get("rx", 0))

    def distance(px, py):
        dx, dy = abs(px - x - w / 2) - w / 2 + r, abs(py - y - h / 2) - h / 2 + r
        return math.hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - r
    return distance, attributes["fill"]


def circle(attributes):
    x, y, r = (float(attributes[key]) for key in ("cx", "cy", "r"))
    return lambda px, py: math.hypot(px - x, py - y) - r, attributes["fill"]


def polyline(attributes):
    points = [tuple(map(float, pair.split(","))) for pair in attributes["points"].split()]
    half = float(attributes["stroke-width"]) / 2

    def segment(px, py, a, b):
        vx, vy = b[0] - a[0], b[1] - a[1]
        t = ((px - a[0]) * vx + (py - a[1]) * vy) / (vx * vx + vy * vy)
        t = min(max(t, 0), 1)
        return math.hypot(px - a[0] - t * vx, py - a[1] - t * vy)
    return lambda px, py: min(segment(px, py, a, b) for a, b in zip(points, points[1:])) - half, attributes["stroke"]


def shapes(path):
    kinds = {"rect": rect, "circle": circle, "polyline": polyline}
    for element in ET.parse(path).getroot():
        distance, color = kinds[element.tag.split("}")[1]](element.attrib)
        yield distance, tuple(int(color[i:i + 2], 16) for i in (1, 3, 5))


def draw(drawing, size):
    """Rows of (r, g, b, a), from the top."""
    scale = BOX / size
    rows = []
    for y in range(size):
        row = []
        for x in range(size):
            color, alpha = (0.0, 0.0, 0.0), 0.0         # premultiplied
            for distance, fill in drawing:
                cover = min(max(0.5 - distance((x + 0.5) * scale, (y + 0.5) * scale) / scale, 0), 1)
                color = tuple(c * (1 - cover) + f * cover for c, f in zip(color, fill))
                alpha = alpha * (1 - cover) + cover
            row.append(tuple(round(c / alpha) if alpha else 0 for c in color) + (round(alpha * 255),))
        rows.append(row)
    return rows


def png(rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    raw = b"".join(b"\0" + b"".join(bytes(pixel) for pixel in row) for row in rows)
    header = struct.pack(">IIBBBBB", len(rows), len(rows), 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


def bitmap(rows):
    size = len(rows)
    stride = (size + 31) // 32 * 4
    pixels = b"".join(bytes((b, g, r, a)) for row in reversed(rows) for r, g, b, a in row)
    mask = b""
    for row in reversed(rows):
        bits = "".join("1" if pixel[3] < 128 else "0" for pixel in row).ljust(stride * 8, "0")
        mask += int(bits, 2).to_bytes(stride, "big")
    return struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0) + pixels + mask


def main():
    drawing = list(shapes(sys.argv[1]))
    images = [(png if size > 48 else bitmap)(draw(drawing, size)) for size in SIZES]
    out = struct.pack("<HHH", 0, 1, len(images))
    at = 6 + 16 * len(images)
    for size, image in zip(SIZES, images):
        out += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), at)
        at += len(image)
    with open(sys.argv[2], "wb") as file:
        file.write(out + b"".join(images))


main()
