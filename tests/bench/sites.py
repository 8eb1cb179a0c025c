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

def write(path: pathlib.Path, fields: dict, body: str):
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False) if name != 'date' else value}" for name, value in fields.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body)


def centre(repository: pathlib.Path, target: pathlib.Path, pages: int, seed: int):
    """For ours: facts once, in the file of the default language; the project's own theme, with all that it draws."""
    shutil.copytree(HERE / "centre", target)
    shutil.copytree(repository / "themes" / "centre", target / "themes" / "centre")
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
