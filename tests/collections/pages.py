#!/usr/bin/env python3
"""Scores what the command makes of article pages.

usage: pages.py WIREWATCH --snippets EVALDATA.json FOLDER [--titles TEST-PAGES] [--failures]

EVALDATA.json and FOLDER are trafilatura's tests/evaldata.json and the folder of its pages: a wanted snippet
counts if it stands in the text, an unwanted one if it does not (white space aside); 250 pages are taken
by a fixed seed. TEST-PAGES are readability's test/test-pages: titles are compared by letters and digits.
Some of their wanted titles end in the name of the site, behind a bar or the like; one without it is right
as well, and counted apart.
"""
import argparse
import json
import random
import re
import resource
import subprocess
import tempfile
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("command")
parser.add_argument("--snippets", nargs=2)
parser.add_argument("--titles")
parser.add_argument("--failures", action="store_true")
arguments = parser.parse_args()
PAGES, SEED = 250, 3


def squeeze(text):
    return "".join((text or "").split())


def letters(text):
    return "".join(c for c in (text or "").lower() if c.isalnum())


def without_site(wanted):
    """The beginnings of a wanted title before something that may part it from the name of the site."""
    return [wanted[: found.start()] for found in re.finditer(r"\s*[|–—_·（\[]|\s-\s", wanted)]


def read(paths):
    """The articles by path, and the processor seconds that they took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([arguments.command, "--json", "parse", *map(str, paths)], capture_output=True, text=True)
    assert done.returncode in (0, 1, 2, 3), f"status {done.returncode}:\n{done.stderr[-2000:]}"
    articles = {record["file"]: record for record in map(json.loads, filter(None, done.stdout.split("\n")))}
    return articles, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def snippets(data, folder):
    entries = json.loads(Path(data).read_text())
    pages = [entry for entry in entries.values() if (Path(folder) / entry["file"]).is_file()]
    chosen = random.Random(SEED).sample(pages, min(PAGES, len(pages)))
    articles, seconds = read([Path(folder) / entry["file"] for entry in chosen])
    found = missed = kept = left = empty = 0
    for entry in chosen:
        article = articles.get(str(Path(folder) / entry["file"]), {})
        text = squeeze(article.get("text"))
        empty += not text
        for snippet in entry["with"]:
            inside = squeeze(snippet) in text
            found, missed = found + inside, missed + (not inside)
            if arguments.failures and not inside:
                print(f"{entry['file']}: missing: {snippet[:90]!r}")
        for snippet in entry["without"]:
            inside = squeeze(snippet) in text
            kept, left = kept + inside, left + (not inside)
            if arguments.failures and inside:
                print(f"{entry['file']}: unwanted: {snippet[:90]!r}")
    precision, recall = found / (found + kept), found / (found + missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"snippets: {len(chosen)} pages, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, empty {empty}, {len(chosen) / seconds:.0f} pages a processor second")


def titles(folder):
    cases = []
    for metadata in sorted(Path(folder).glob("*/expected-metadata.json")):
        wanted = json.loads(metadata.read_text()).get("title")
        if wanted:
            cases.append((metadata.parent, wanted))
    with tempfile.TemporaryDirectory() as scratch:
        links = {}
        for page, _ in cases:
            links[page] = Path(scratch) / f"{page.name}.html"
            links[page].write_bytes((page / "source.html").read_bytes())
        articles, seconds = read(links.values())
        right = shorter = 0
        for page, wanted in cases:
            got = articles.get(str(links[page]), {}).get("title")
            same = letters(got) == letters(wanted)
            right += same
            if not same and letters(got) in map(letters, without_site(wanted)):
                shorter += bool(got)
            elif arguments.failures and not same:
                print(f"{page.name}: title {got!r} instead of {wanted!r}")
    print(f"titles: {right + shorter}/{len(cases)}, {shorter} of them without the site's name, {len(cases) / seconds:.0f} pages a processor second")


if arguments.snippets:
    snippets(*arguments.snippets)
if arguments.titles:
    titles(arguments.titles)
