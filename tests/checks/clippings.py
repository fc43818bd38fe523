#!/usr/bin/env python3
"""Checks what the command makes of a folder with the Lavrov-Pompeo clipping of 14 May 2019.

usage: clippings.py WIREWATCH FOLDER
"""
import json
import subprocess
import sys
import tempfile

command, folder = sys.argv[1:3]
library = tempfile.mkdtemp()
checks = failures = 0


def run(*arguments, status=0):
    done = subprocess.run([command, "--json", "--library", library, *arguments], capture_output=True, text=True)
    assert done.returncode == status, f"{arguments}: status {done.returncode}\n{done.stderr}"
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(what, got, wanted):
    global checks, failures
    checks += 1
    if got != wanted:
        failures += 1
        print(f"FAILED {what}: {got!r} instead of {wanted!r}")


run("add", folder)
run("check")
article = run("articles")[0]
check("title", article["title"], "It's Time for New U.S.-Russia Relations, Lavrov Tells Pompeo")
check("authors", article["authors"], ["Reuters"])
check("published", article["published"], "2019-05-14")
check("url", article["url"], "https://www.themoscowtimes.com/2019/05/14/its-time-for-new-us-russia-relations-lavrov-tells-pompeo-a65574")
check("publisher", "moscowtimes" in article["publisher"].lower().replace(" ", ""), True)
check("language", article["language"], "en")
check("beginning", article["text"].startswith("Russian Foreign Minister Sergei Lavrov told"), True)
check("photo credit", "Novoderzhkin" in article["text"], False)
check("address", "Original url" in article["text"] or "themoscowtimes.com" in article["text"], False)
topics = ["counter-terrorism", "election-interference", "us-russia"]
check("topics", sorted(article["topics"]), topics)
for topic in topics:
    explanation = run("explain", topic, str(article["id"]))[0]
    check(f"explain {topic}", explanation["matches"], True)
    sentences = " ".join(hit["sentence"] for clause in explanation["clauses"] for hit in clause["hits"])
    passage = {
        "election-interference": "tried to influence the results of the 2016 U.S. presidential election",
        "counter-terrorism": "counter-terrorism and combatting nuclear proliferation",
        "us-russia": "Lavrov",
    }[topic]
    check(f"passage of {topic}", passage in sentences, True)
print(f"{checks - failures} passed, {failures} failed")
sys.exit(1 if failures else 0)
