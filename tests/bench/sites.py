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


def centre(repository: pathlib.Path, target: pathlib.Path, pages: int, seed: int, theme: str):
    """For ours: facts once, in the file of the default language; with the theme `lean`, which draws what the templates of the
    others do, or with the project's own, and all that it draws."""
    shutil.copytree(HERE / "centre", target)
    folder = target / "themes" / theme
    if theme == "lean":
        # The smallest theme that there is, with what theirs draw besides.
        shutil.copytree(repository / "tests" / "themes" / "plain", folder)
        shutil.copytree(HERE / "lean", folder, dirs_exist_ok=True)
        shutil.copytree(repository / "themes" / "centre" / "i18n", folder / "i18n", dirs_exist_ok=True)
    else:
        shutil.copytree(repository / "themes" / theme, folder)
    with (target / "content" / "site.yaml").open("a") as settings:
        settings.write(f"theme: {theme}\n")
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


def eleventy(repository: pathlib.Path, target: pathlib.Path, pages: int, seed: int, modules: pathlib.Path):
    """For Eleventy: every file has all of its fields, its language and its address among them."""
    shutil.copytree(HERE / "eleventy", target)
    (target / "node_modules").symlink_to(modules)
    paths = {"bg": {"services": "uslugi", "news": "novini", "events": "sabitiya"}, "en": {section: f"en/{section}" for section in TITLES}}
    for section, stem, language, common, body in corpus.entries(repository, pages, seed):
        fields = {"layout": "page.njk", "title": common["title"], "description": common["description"], "date": common["day"]}
        fields |= {"topics": common["tags"], "lang": language, "section": section, "stem": stem}
        fields["permalink"] = f"/{paths[language][section]}/{stem}/"
        write(target / "content" / section / corpus.file_name(stem, language), fields, body)
