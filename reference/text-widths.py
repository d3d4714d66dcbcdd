#!/usr/bin/python3
"""Widths of characters, from which figures are laid out without a browser (figures/.../text-widths.json).

Advance widths of DejaVu Sans and DejaVu Sans Bold in thousandths of the font size: the widest of the usual sans-serif
faces, so that a label fits whichever of them draws it. Needs Pillow and Debian's fonts-dejavu-core.
Usage: reference/text-widths.py > figures/src/main/resources/dev/mettle/figures/text-widths.json
"""
import json

from PIL import ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/DejaVuSans%s.ttf"
# Latin, Greek, punctuation, super- and subscripts, arrows, mathematical signs, geometric shapes
RANGES = [(0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x2010, 0x2044), (0x2070, 0x208E), (0x2190, 0x21FF),
          (0x2200, 0x22FF), (0x25A0, 0x25FF)]


def widths(style):
    font = ImageFont.truetype(FONTS % style, 1000, layout_engine=ImageFont.Layout.BASIC)
    return {str(first): [round(font.getlength(chr(c))) for c in range(first, last + 1)] for first, last in RANGES}


print(json.dumps({"normal": widths(""), "bold": widths("-Bold")}, separators=(",", ":")))
