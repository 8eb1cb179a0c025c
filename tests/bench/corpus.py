"""A site of any size, the same for every seed: pages of 600 words in two languages and three sections, with tags and links."""

import pathlib
import random
import re

SECTIONS = ("news", "events", "services")
TAGS = ("rabota", "obuchenie", "dobrovolchestvo", "predpriemachestvo", "proekt")
WORDS = 600
YEARS = range(2017, 2027)


def vocabulary(repository: pathlib.Path, ending: str) -> list[str]:
    """The words of the project's own pages, so that letters are as frequent as in real text."""
    files = sorted((repository / "content" / "pages").glob(f"*{ending}"))
    files = [file for file in files if ending != ".md" or not file.name.endswith(".en.md")]
    text = "".join(re.sub(r"\A---.*?---", "", file.read_text(), flags=re.S) for file in files)
    return sorted(set(re.findall(r"[^\W\d_]{3,}", text.lower())))


class Writer:
    def __init__(self, repository: pathlib.Path, seed: int):
        self.random = random.Random(seed)
        self.words = {"bg": vocabulary(repository, ".md"), "en": vocabulary(repository, ".en.md")}

    def sentence(self, language: str, words: int) -> str:
        chosen = self.random.choices(self.words[language], k=words)
        if words > 9:
            chosen[3] = f"**{chosen[3]}**"
            chosen[6] = f'"{chosen[6]}"'
        return " ".join(chosen).capitalize() + "."

    def body(self, language: str, links: list[str]) -> str:
        parts = []
        for _ in range(4):
            parts.append("## " + self.sentence(language, 4)[:-1])
            parts.append(" ".join(self.sentence(language, 12) for _ in range(6)))
            parts.append("\n".join("- " + self.sentence(language, 8) for _ in range(4)))
            parts.append(" ".join(self.sentence(language, 14) for _ in range(3)))
        parts.append(f"[{self.sentence(language, 3)}]({self.random.choice(links)})")
        return "\n\n".join(parts) + "\n"


def entries(repository: pathlib.Path, pages: int, seed: int):
    """Every file as (section, stem, language, fields, body). `pages` counts files; each entry has two."""
    writer = Writer(repository, seed)
    stems = [(SECTIONS[number % 3], f"stranitsa-{number}") for number in range(pages // 2)]
    links = [f"/{section}/{stem}.md" for section, stem in stems]
    for section, stem in stems:
        year, month, day = writer.random.choice(YEARS), writer.random.randint(1, 10), writer.random.randint(1, 28)
        tags = sorted(writer.random.sample(TAGS, 2))
        for language in ("bg", "en"):
            fields = {
                "title": writer.sentence(language, 5)[:-1],
                "description": writer.sentence(language, 9),
                "day": f"{year}-{month:02}-{day:02}",
                "tags": tags,
            }
            yield section, stem, language, fields, writer.body(language, links)


def file_name(stem: str, language: str) -> str:
    return f"{stem}.md" if language == "bg" else f"{stem}.{language}.md"
