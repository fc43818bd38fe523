#!/usr/bin/env python3
"""Compares what the command makes of feeds with what Python's feedparser makes of them.

usage: feeds.py WIREWATCH FOLDER... [--failures]

Needs feedparser 6. The reference is a second opinion, not the truth: every difference is listed with
--failures and wants a look. Text is compared by letters and digits only, dates to the second (a day
without a time counts as its midnight). A content is right if it is any of the reference's contents or
its summary; an author if the reference's name holds it.
"""
import calendar
import collections
import html
import json
import re
import subprocess
import sys
import warnings
from datetime import datetime, timezone
from pathlib import Path

import feedparser

warnings.filterwarnings("ignore")
arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
command, folders = arguments[0], arguments[1:]
with_failures = "--failures" in sys.argv
ENDINGS = {".xml", ".json", ".rss", ".atom", ".rdf", ".feed"}
FIELDS = ["title", "link", "date", "author", "content"]
BATCH = 400
EMPTY = "there is no text in it"


def letters(text):
    return "".join(c for c in (text or "").lower() if c.isalnum())


def letters_of_html(text):
    return letters(html.unescape(html.unescape(re.sub(r"<[^>]*>", " ", text or ""))))


def reference(path):
    try:
        parsed = feedparser.parse(path.read_bytes())
    except Exception:  # the reference fails on some files of its own collection
        return None
    return parsed if parsed.get("version") or parsed.get("entries") else None


def expected(entry):
    stamp = entry.get("published_parsed") or entry.get("updated_parsed") or entry.get("created_parsed")
    contents = [content.value for content in entry.get("content", [])]
    return {
        "title": entry.get("title"),
        "link": entry.get("link"),
        "date": stamp and calendar.timegm(stamp),
        "author": (entry.get("author_detail") or {}).get("name") or entry.get("author"),
        "content": [letters_of_html(text) for text in [*contents, entry.get("summary")] if letters_of_html(text)],
    }


def seconds(text):
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())


def equal(field, ours, wanted):
    if field == "link":
        return (ours["url"] or "").rstrip("/") == wanted.strip().rstrip("/")
    if field == "date":
        return wanted in (seconds(ours["published"]), seconds(ours["updated"]))
    if field == "author":
        return any(letters(name) and letters(name) in letters_of_html(wanted) for name in ours["authors"])
    if field == "content":
        return any(letters(ours[part]) in wanted for part in ("text", "lead") if ours[part])
    return letters(ours["title"]) == letters_of_html(wanted)


def read(paths):
    ours = collections.defaultdict(list)
    for start in range(0, len(paths), BATCH):
        batch = [str(path) for path in paths[start : start + BATCH]]
        done = subprocess.run([command, "--json", "parse", *batch], capture_output=True, text=True)
        assert done.returncode in (0, 1, 2, 3), f"status {done.returncode}:\n{done.stderr[-2000:]}"
        for line in done.stdout.splitlines():
            record = json.loads(line)
            ours[record["file"]].append(record)
    return ours


def compare(folder):
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in ENDINGS and path.is_file())
    ours, counts, failures = read(paths), collections.Counter(), []
    for path in paths:
        wanted = reference(path)
        if wanted is None:
            continue
        records = ours[str(path)]
        articles = [record for record in records if is_article(record)]
        counts["feeds"] += 1
        survived = not records or records[0]["format"] in ("rss", "atom", "jsonfeed")
        counts["survived"] += survived
        if not survived:
            failures.append(f"{path}: not read: {records[0].get('problems')}")
        if wanted.entries:
            counts["with entries"] += 1
            counts["given"] += bool(articles)
            counts["count"] += len(articles) == len(wanted.entries)
            if len(articles) != len(wanted.entries):
                failures.append(f"{path}: {len(articles)} entries instead of {len(wanted.entries)}")
        if len(articles) == len(wanted.entries):
            for entry, article in zip(wanted.entries, articles):
                for field, value in expected(entry).items():
                    # A relative address without a base is no address.
                    if not value or field == "link" and "://" not in value:
                        continue
                    counts[field, "of"] += 1
                    right = equal(field, article, value)
                    counts[field] += right
                    if not right:
                        got = article.get({"link": "url", "date": "published", "author": "authors", "content": "text"}.get(field, field))
                        failures.append(f"{path}: {field}: {str(got)[:100]!r} instead of {str(value)[:100]!r}")
    return counts, failures


def is_article(record):
    """Not the record that stands for a file of which nothing could be read."""
    said = any(record.get(key) for key in ("title", "text", "url", "external_id", "published", "authors", "labels"))
    return said or EMPTY in record.get("problems", [])


def row(name, counts):
    share = [f"{counts[field]}/{counts[field, 'of']}" for field in FIELDS]
    cells = [name[-40:], f"{counts['survived']}/{counts['feeds']}", f"{counts['given']}/{counts['with entries']}", f"{counts['count']}/{counts['with entries']}", *share]
    print(" ".join(f"{cell:>{40 if at == 0 else 12}}" for at, cell in enumerate(cells)))


print(" ".join(f"{head:>{40 if at == 0 else 12}}" for at, head in enumerate(["folder", "survived", "entries", "same count", *FIELDS])))
total, listed = collections.Counter(), []
for folder in folders:
    counts, failures = compare(folder)
    row(folder, counts)
    total += counts
    listed += failures
if len(folders) > 1:
    row("all", total)
if with_failures:
    print("\n".join(listed))
