"""Five hundred feeds on a hundred loopback hosts: plain, slow, failing, redirecting, without validators.

Every host is an address of 127.0.0.0/8 (Linux answers on all of them), so that politeness to hosts can be
seen. The log says of each request when it came, whom it asked, what it got and how many the host had open.
"""
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEEDS, HOSTS, ITEMS = 500, 100, 50
WORDS = """the a of to and in harbour council talks budget minister court river match rovers bridge Washington Moscow
sanctions envoy Geneva election campaign hackers agency said on Monday after night vote storm train strike price
market bank rate school hospital fire police festival player goal season coach report study water energy grid""".split()
SLOW_SECONDS = 1.0


def kind_of(number):
    return {0: "slow", 1: "failing", 2: "moved", 3: "passing", 4: "bare"}.get(number % 20, "plain")


def host_of(number):
    return f"127.0.1.{number % HOSTS + 1}"


def item(feed, number):
    dice = random.Random(feed * 100_000 + number)
    title = " ".join(dice.choice(WORDS) for _ in range(8)).capitalize()
    text = ". ".join(" ".join(dice.choice(WORDS) for _ in range(14)).capitalize() for _ in range(8)) + "."
    stamp = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(1_790_000_000 + number * 1800 + feed))
    return (
        f"<item><title>{title}</title><link>http://{host_of(feed)}/story/{feed}/{number}</link>"
        f"<guid isPermaLink=\"false\">{feed}-{number}</guid><pubDate>{stamp}</pubDate>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


class Site(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self):
        super().__init__(("0.0.0.0", 0), Handler)
        self.round, self.lock, self.log, self.open = 0, threading.Lock(), [], {}
        self.bodies = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def address(self, number):
        return f"http://{host_of(number)}:{self.server_address[1]}/feed/{number}"

    def new_round(self, items=0):
        """Forgets the log; `items` new ones come to every feed."""
        with self.lock:
            self.round += items
            self.log = []
        for number in range(FEEDS):
            self.body(number)

    def body(self, number):
        key = (number, self.round)
        if key not in self.bodies:
            items = "".join(item(number, at) for at in reversed(range(self.round, self.round + ITEMS)))
            self.bodies[key] = (
                f"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Feed {number}</title>"
                f"<link>http://{host_of(number)}/</link>{items}</channel></rss>"
            ).encode()
        return self.bodies[key]

    def handle_error(self, request, client_address):
        """Whoever asked has hung up."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        host = self.headers["Host"].split(":")[0]
        came = time.monotonic()
        with self.server.lock:
            self.server.open[host] = self.server.open.get(host, 0) + 1
            at_once = self.server.open[host]
        status = self.answer()
        with self.server.lock:
            self.server.open[host] -= 1
            self.server.log.append((came, host, self.path, status, at_once))

    def answer(self):
        place, _, number = self.path[1:].partition("/")
        if place not in ("feed", "there") or not number.isdigit():
            return self.send(404)
        number = int(number)
        kind = kind_of(number)
        if kind == "slow":
            time.sleep(SLOW_SECONDS)
        if kind == "failing":
            return self.send(500)
        if place == "feed" and kind in ("moved", "passing"):
            return self.send(301 if kind == "moved" else 302, {"Location": f"/there/{number}"})
        headers = {"Content-Type": "application/rss+xml"}
        if kind != "bare":
            headers["ETag"] = f"\"{number}-{self.server.round}\""
            if self.headers.get("If-None-Match") == headers["ETag"]:
                return self.send(304, headers)
        return self.send(200, headers, self.server.body(number))

    def send(self, status, headers={}, body=b""):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return status

    def log_message(self, *_):
        """The server keeps its own log."""
