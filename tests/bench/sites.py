"""The same corpus, written the way each generator wants it."""

import json
import pathlib
import shutil

import corpus

HERE = pathlib.Path(__file__).parent
TITLES = {
    "services": {"bg": "Услуги", "en": "Services"},
    "news": {"bg": "Новини", "en": "News"},
    "events": {"bg": "Събития", "en": "Events"},
}
PATHS = {
    "services": {"bg": "uslugi", "en": "services"},
    "news": {"bg": "novini", "en": "news"},
    "events": {"bg": "sabitiya", "en": "events"},
}


def write(path: pathlib.Path, fields: dict, body: str):
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False) if name != 'date' else value}" for name, value in fields.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body)


def centre(repository: pathlib.Path, target: pathlib.Path, pages: int, seed: int, theme: str):
    """For ours: facts once, in the file of the default language."""
    shutil.copytree(HERE / "centre", target)
    settings = target / "content" / "site.yaml"
    settings.write_text(settings.read_text().replace("THEME", theme))
    source = repository / "themes" / "centre" if theme == "centre" else HERE / "themes" / theme
    shutil.copytree(source, target / "themes" / theme)
    for section, stem, language, common, body in corpus.entries(repository, pages, seed):
        fields = {"title": common["title"], "description": common["description"]}
        if section == "services":
            fields |= {"strand": "Кариера", "audience": "За теб."}
        if section == "events":
            fields["place"] = "Пловдив"
        if language == "bg":
            fields["tags"] = common["tags"]
            if section == "news":
                fields["date"] = common["day"]
            if section == "events":
                fields["starts_at"] = f"{common['day']} 18:00"
        write(target / "content" / section / corpus.file_name(stem, language), fields, body)


def hugo(repository: pathlib.Path, target: pathlib.Path, pages: int, seed: int):
    """For Hugo: every file has all of its fields."""
    shutil.copytree(HERE / "hugo", target)
    for section, stem, language, common, body in corpus.entries(repository, pages, seed):
        fields = {"title": common["title"], "description": common["description"], "date": common["day"], "tags": common["tags"]}
        write(target / "content" / section / corpus.file_name(stem, language), fields, body)
    for section, titles in TITLES.items():
        for language, title in titles.items():
            write(target / "content" / section / corpus.file_name("_index", language), {"title": title}, "")


def eleventy(repository: pathlib.Path, target: pathlib.Path, pages: int, seed: int):
    """For Eleventy: one folder a language, addresses in the fields."""
    shutil.copytree(HERE / "eleventy", target, ignore=shutil.ignore_patterns("node_modules"))
    for section, stem, language, common, body in corpus.entries(repository, pages, seed):
        prefix = "" if language == "bg" else f"{language}/"
        fields = {
            "layout": "entry.njk",
            "title": common["title"],
            "description": common["description"],
            "date": common["day"],
            "tags": [f"{section}-{language}", *(f"{tag}-{language}" for tag in common["tags"])],
            "lang": language,
            "section": PATHS[section][language],
            "topics": common["tags"],
            "permalink": f"/{prefix}{PATHS[section][language]}/{stem}/",
        }
        write(target / "content" / language / section / f"{stem}.md", fields, body)
