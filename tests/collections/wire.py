#!/usr/bin/env python3
"""Shows what Wirewatch reads in a folder of wire messages or OPML lists.

    wire.py FOLDER WIREWATCH

Prints for every file its headline, time, provider and problems. A file fails if the command cannot
read it, if an article has no headline though the file speaks of one, or if a JSON or XML item that has a text, a time
and a headline gives no article or another headline. Exit status 1 if any fails. The collections
themselves (iptc/newsml-g2, iptc/newsinjson, dpa-newslab) are not part of this project.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

ENDINGS = {".xml", ".json", ".iptc", ".anpa", ".nitf", ".newsml", ".ninjs", ".opml"}


def parsed(binary, path):
    """The articles of a file, and what standard error said."""
    ran = subprocess.run([binary, "--json", "parse", str(path)], capture_output=True, text=True, timeout=60)
    if ran.returncode not in (0, 1):
        return [], f"exit status {ran.returncode}: {ran.stderr}"
    lines = [json.loads(line) for line in ran.stdout.split("\n") if line]
    return [line for line in lines if line["title"] or line["text"]], ran.stderr.strip()


def feeds(binary, path, library):
    """How many feeds of a list are added to a new library, and how many were known or left out."""
    ran = subprocess.run(
        [binary, "--json", "--library", library, "import", str(path)], capture_output=True, text=True, timeout=300
    )
    total = json.loads(ran.stdout.splitlines()[-1])["total"]
    return total["added"] + total["known"], total["problems"], ran.stderr


def words(text):
    return re.sub(r"\W+", " ", text or "").strip().lower()


def simple(name):
    return re.sub(r"[\W_]", "", name).lower()


def expected(path):
    """The headline that a JSON item's article must have; None if it need not give one."""
    if path.suffix != ".json":
        return None
    try:
        item = json.loads(path.read_text("utf-8"))
    except ValueError:
        return None
    if not isinstance(item, dict):
        return None
    item = {simple(name): value for name, value in item.items()}
    has_text = any(name.startswith("body") and value for name, value in item.items())
    if item.get("type", "text") not in ("text", "composite") or not has_text:
        return None
    headlines = item.get("headlines") or item.get("headline")
    if isinstance(headlines, str):
        return headlines
    headlines = [one for one in headlines or [] if isinstance(one, dict)]
    main = [one for one in headlines if one.get("role") == "main"] or headlines
    return main[0].get("value") if main else None


def main():
    folder, binary = pathlib.Path(sys.argv[1]), sys.argv[2]
    files = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    failed = articles = 0
    for path in files:
        name = path.relative_to(folder)
        if path.suffix == ".opml":
            with tempfile.TemporaryDirectory() as library:
                found, left, said = feeds(binary, path, library)
            wanted = len(re.findall(rb"xmlUrl\s*=", path.read_bytes()))
            bad = found + left != wanted
            print(f"{'FAIL ' if bad else ''}{name}: {found} of {wanted} feeds, {left} left out {said.strip()}")
            failed += bad
            continue
        found, said = parsed(binary, path)
        wanted = expected(path)
        bad = said.startswith("exit status") or (wanted is not None and not found)
        for article in found:
            articles += 1
            wrong = wanted is not None and words(wanted) != words(article["title"])
            bad = bad or wrong or not article["title"] and (wanted is not None or "eadline" in path.read_text("utf-8", "replace"))
            print(
                f"{name}: {article['format']} | {article['title']} | {article['published']} | {article['publisher']} | "
                f"{article['external_id']} {article['revision']} | {len(article['text'])} characters | {article['problems']}"
            )
        if not found:
            print(f"{name}: no article | {said[:300]}")
        if bad:
            print(f"FAIL {name}: wanted {wanted!r}; {said[:300]}")
            failed += 1
    print(f"{len(files)} files, {articles} articles, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
