"""Writes what the search for inputs begins with: seeds for every property, and the words that mean something.

Usage: prepare.py FOLDER
"""

import hashlib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MESSAGES = ["event", "person", "document", "venue"]
FOLDERS = dict(zip(MESSAGES, ["events", "people", "documents", "venues"]))
# Where words stand that an editor may write.
WORDS = ["generator/src/model", "generator/src/parse/markdown/components", "generator/src/parse/form", "generator/src/parse/settings"]
SIGNS = [
    "---\n", "\n\n", "# ", "## ", "- ", "1. ", "> ", "> [!NOTE]\n", "```", "```\n", "~~~", "**", "*", "_", "~~", "`", "[^1]", "[^1]: ", "|---|\n", "| a | b |\n",
    "[a](/pages/index.md)", "[a](#b)", "![a](/media/ekip.png)", "![a](/media/ekip.png \"b\")", "{#name}", ": ", ": |\n", "{ ", " }", "[", "]", ", ", "\\", "&amp;", "&#106;",
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "javascript:", "data:text/html,", "<!--", "-->", "{{ 1 }}", "{% raw %}", "]]>", "<br>", "<b>", "</b>", "https://example.org",
    "www.a.bg", "mailto:", "tel:", "a@example.org", "- [ ] ", "\r\n", "\t", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u0301", "„", "“", "–", "…", "2026-05-12", "2026-05-12 18:00", "true", "null", "*a", "&a ", "!!", "%", "\"", "'",
]


def seeds():
    """Every content file of ours, as (property, bytes)."""
    content = [ROOT / "content", *sorted((ROOT / "tests/sites").glob("*/content"))]
    files = [(path.relative_to(folder).as_posix(), path) for folder in content for path in sorted(folder.rglob("*.*"))]
    for path in sorted((ROOT / "tests/messages").glob("*.md")):
        folder = next((FOLDERS[word] for word in MESSAGES if word in path.stem), "news")
        files.append((f"{folder}/case.md", path))
    for path in sorted((ROOT / "tests/messages").glob("*.yaml")):
        files.append(("site.yaml" if path.stem.startswith("S") else "forms/case.yaml", path))
    files += [(f"i18n/{path.name}", path) for path in sorted((ROOT / "themes/centre/i18n").glob("*.yaml"))]
    for name, path in files:
        text = path.read_bytes()
        named = name.encode() + b"\n" + text
        if name.endswith(".md"):
            yield "document", named
            parts = text.split(b"---\n", 2)
            yield "fields", parts[1] if len(parts) == 3 else text
            yield "text", parts[-1]
        elif name.endswith(".yaml"):
            yield "settings", named
            yield "fields", text
        elif len(text) < 4096:
            yield "picture", named
    for path in sorted((ROOT / "tests/fuzz").glob("*/*/*")):
        if path.parent.parent.name in ["seeds", "regressions"]:
            yield path.parent.name, path.read_bytes()


def words():
    """Short texts that stand in the code which reads content."""
    for folder in WORDS:
        for path in sorted([*(ROOT / folder).rglob("*.rs"), *(ROOT / folder).parent.glob(f"{pathlib.Path(folder).name}.rs")]):
            for word in re.findall(r'"([^"\\ ]{2,24})"', path.read_text()):
                if not re.fullmatch(r"[A-Z]\d\d:?", word):
                    yield word


def quoted(word):
    return '"' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02X}" for byte in word.encode()) + '"'


target = pathlib.Path(sys.argv[1])
for name, text in seeds():
    folder = target / "corpus" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(text).hexdigest()).write_bytes(text)
    (target / "artifacts" / name).mkdir(parents=True, exist_ok=True)
lines = sorted({quoted(word) for word in [*SIGNS, *words(), *(word + ":" for word in words())]})
(target / "dictionary").write_text("\n".join(lines) + "\n")
