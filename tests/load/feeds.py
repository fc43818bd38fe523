#!/usr/bin/env python3
"""Fetches 500 feeds of 50 items three times (all new, unchanged, one new item each) and measures the command
beside newsboat. The server's log judges the manners. Linux only.

usage: feeds.py WIREWATCH [--newsboat PROGRAM]

Processor time is of user and system together, of one process that does one pass and ends. Of a debug build
only the ratios mean something.
"""
import argparse
import collections
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from feeds_site import FEEDS, Site, kind_of

parser = argparse.ArgumentParser()
parser.add_argument("wirewatch")
parser.add_argument("--newsboat", default=shutil.which("newsboat"))
arguments = parser.parse_args()

# What newsboat needs, times this, is the most that we may need in each round.
SHARES = {"first": 0.5, "unchanged": 1 / 15, "one new item each": 0.15}
MOST_MEMORY_MB = 150
MOST_AT_ONCE = 2
LEAST_DISTANCE = 0.08

failures = []


def check(what, holds):
    print(("ok      " if holds else "FAILED  ") + what)
    if not holds:
        failures.append(what)


def measure(*command):
    """Processor seconds, peak memory in MB, wall seconds."""
    begun = time.monotonic()
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1)]
    pid = os.posix_spawn(command[0], command, os.environ | {"TERM": "dumb"}, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), f"{command}: {status}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.monotonic() - begun


def judge(site, name, asked_again):
    """Each feed is asked once, hosts two at a time and apart."""
    log = sorted(site.log)
    asked = collections.Counter(path for _, _, path, _, _ in log)
    check(f"{name}: nothing is asked twice", max(asked.values()) == 1)
    wanted = {f"/feed/{n}" for n in range(FEEDS) if asked_again or kind_of(n) != "failing"}
    check(f"{name}: every feed that is due is asked", wanted == {p for p in asked if p.startswith("/feed")})
    check(f"{name}: no host is asked more than {MOST_AT_ONCE} at a time", max(e[4] for e in log) <= MOST_AT_ONCE)
    spans = {}
    for came, host, path, _, _ in log:
        # A redirect belongs to the request that it answers.
        if path.startswith("/feed"):
            spans.setdefault(host, []).append(came)
    # Single distances shiver on a busy machine; the time from first to last does not.
    least = min((times[-1] - times[0]) / (len(times) - 1) for times in spans.values() if len(times) > 1)
    check(f"{name}: requests to a host keep their distance ({least:.3f} s)", least >= LEAST_DISTANCE)


def main():
    site, folder = Site(), Path(tempfile.mkdtemp())
    site.new_round()
    addresses = [site.address(number) for number in range(FEEDS)]
    (folder / "urls").write_text("\n".join(addresses))
    (folder / "config").write_text("reload-threads 8\ndownload-retries 1\ndownload-timeout 30\n")
    outlines = "".join(f"<outline type='rss' text='Feed' xmlUrl='{address}'/>" for address in addresses)
    (folder / "feeds.opml").write_text(f"<opml version='2.0'><body>{outlines}</body></opml>")
    ours = [arguments.wirewatch, "--library", str(folder / "library")]
    theirs = arguments.newsboat and [
        arguments.newsboat, "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config"),
        "-x", "reload",
    ]
    measure(*ours, "import", str(folder / "feeds.opml"))
    for name, items in [("first", 0), ("unchanged", 0), ("one new item each", 1)]:
        site.new_round(items)
        reference = theirs and measure(*theirs)
        site.new_round()
        seconds, memory, wall = measure(*ours, "check")
        print(f"{name}: {seconds:.2f} s of processor, {memory:.0f} MB, {wall:.1f} s on the wall")
        judge(site, name, asked_again=name == "first")
        check(f"{name}: at most {MOST_MEMORY_MB} MB", memory <= MOST_MEMORY_MB)
        if reference:
            share, most = seconds / reference[0], SHARES[name]
            print(f"{name}: newsboat {reference[0]:.2f} s of processor, {reference[1]:.0f} MB, {reference[2]:.1f} s")
            check(f"{name}: {share:.3f} of newsboat's processor time (at most {most:.3f})", share <= most)
    shutil.rmtree(folder)
    sys.exit(1 if failures else 0)


main()
