#!/usr/bin/env python3
"""How much of a collection of documents `wirewatch parse` reads, and how right.

    tests/collections/documents.py FOLDER WIREWATCH [--least 0.9] [--worst 10]

FOLDER holds documents and beside each the text that it should give: `talks.pdf` and
`talks.pdf.txt`, or one `talks.txt` for `talks.pdf`, `talks.lo.docx` and so on. A document without
such a text is only asked to be read or refused in words. Printed are the F1 of words (characters
for Chinese and Japanese) and of runs of four words, which falls where the order is wrong; by kind
(everything behind the first dot), and the worst files. Exits with 1 if a kind's mean is below
`--least`, or if a document gave neither text nor a reason.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff"


def words(text):
    return re.findall(rf"[{IDEOGRAPH}]|[^\W{IDEOGRAPH}]+", text.lower())


def runs(found, length=4):
    return [tuple(found[at : at + length]) for at in range(len(found) - length + 1)]


def f1(got, want):
    got, want = collections.Counter(got), collections.Counter(want)
    common = sum((got & want).values())
    return 2 * common / ((sum(got.values()) + sum(want.values())) or 1)


def reference(path):
    stems = [path.name, path.stem, path.name.split(".")[0]]
    texts = (path.with_name(stem + ".txt") for stem in stems)
    return next((text for text in texts if text.exists() and text != path), None)


def parse(program, path):
    ran = subprocess.run([program, "--json", "parse", str(path)], capture_output=True, timeout=120)
    if ran.returncode not in (0, 1):
        return None, f"status {ran.returncode}: {ran.stderr.decode(errors='replace')[-300:]}"
    lines = [json.loads(line) for line in ran.stdout.decode().splitlines() if line]
    texts = [line["text"] for line in lines if line.get("text")]
    said = [problem for line in lines for problem in line.get("problems") or []]
    return "\n\n".join(texts), "; ".join(map(str, said)) or ran.stderr.decode(errors="replace").strip()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("program")
    arguments.add_argument("--least", type=float, default=0.0)
    arguments.add_argument("--worst", type=int, default=10)
    arguments = arguments.parse_args()
    scores, silent = [], []
    for path in sorted(p for p in arguments.folder.rglob("*") if p.is_file() and p.suffix != ".txt"):
        text, said = parse(arguments.program, path)
        if text is None or not text and not said:
            silent.append((path.name, said))
        wanted = reference(path)
        if wanted is None:
            print(f"{path.name}: {len(words(text or ''))} words; {said[:150]}")
            continue
        got, want = words(text or ""), words(wanted.read_text(encoding="utf-8"))
        scores.append((f1(got, want), f1(runs(got), runs(want)), path.name))
    kinds = collections.defaultdict(list)
    for word, run, name in scores:
        kinds[name.split(".", 1)[1]].append((word, run))
    low = False
    for kind, found in sorted(kinds.items()):
        word, run = (sum(values) / len(found) for values in zip(*found))
        low |= word < arguments.least
        print(f"{kind:20} {len(found):4} files  words {word:.3f}  order {run:.3f}  worst {min(found)[0]:.3f}")
    for word, run, name in sorted(scores)[: arguments.worst]:
        print(f"  {word:.3f} {run:.3f} {name}")
    for name, said in silent:
        print(f"SILENT {name}: {said}")
    return 1 if low or silent else 0


if __name__ == "__main__":
    sys.exit(main())
