"""Of a font of icons, those that a script names: icons.py FONT SCRIPT TARGET. Needs fonttools 4.60.1 and brotli 1.1.0."""

import re
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

source, script, target = sys.argv[1:]
font = TTFont(source, recalcTimestamp=False)
letters = {glyph: chr(code).lower() for code, glyph in font.getBestCmap().items()}

icons = {}
for lookup in font["GSUB"].table.LookupList.Lookup:
    for table in lookup.SubTable:
        table = getattr(table, "ExtSubTable", table)
        for first, ligatures in table.ligatures.items():
            for ligature in ligatures:
                name = "".join(letters.get(glyph, "?") for glyph in [first, *ligature.Component])
                icons[name] = ligature.LigGlyph

with open(script, encoding="utf-8") as file:
    named = set(re.findall(r"[\"'`]([a-z0-9_]{2,40})[\"'`]", file.read()))
used = sorted(named & icons.keys())

font = instancer.instantiateVariableFont(font, {"wght": 400})
options = subset.Options(layout_closure=False, layout_features=["*"], hinting=False, notdef_outline=False)
subsetter = subset.Subsetter(options)
subsetter.populate(glyphs=[icons[name] for name in used], unicodes=map(ord, "abcdefghijklmnopqrstuvwxyz0123456789_"))
subsetter.subset(font)
font.flavor = "woff2"
font.save(target, reorderTables=False)
print(len(used), "of", len(icons), "icons")
