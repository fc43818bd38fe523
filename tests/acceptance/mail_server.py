"""A mail server on loopback, with TLS and a login, that misbehaves by recipient.

    mail_server.py starttls|tls CERTIFICATE KEY

Writes its port to standard output, then one JSON line a message it has taken. Recipients:
`greylisted@` is refused once with 451, `unknown@` always with 550, `dropped@` breaks the line after
the message without an answer. The only user is `press` with the password `correct horse`.
"""

import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self):
        self.greylisted = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "unknown":
            return "550 5.1.1 no such user here"
        if name == "greylisted" and address not in self.greylisted:
            self.greylisted.add(address)
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        text = envelope.content.decode("latin-1")
        head = dict(
            line.split(": ", 1) for line in text.split("\r\n\r\n")[0].replace("\r\n ", " ").split("\r\n") if ": " in line
        )
        say({"from": envelope.mail_from, "to": envelope.rcpt_tos, "id": head.get("Message-ID"),
             "subject": head.get("Subject"), "size": len(text), "tls": server.transport.get_extra_info("ssl_object") is not None,
             "user": session.auth_data and session.auth_data.decode()})
        if envelope.rcpt_tos[0].startswith("dropped@"):
            server.transport.abort()
        return "250 2.0.0 queued as 1234"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"press" and data.password == b"correct horse"
    return AuthResult(success=right, handled=False, auth_data=data.login if right else None)


def say(value):
    print(json.dumps(value), flush=True)


async def main(security, certificate, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    handler = Handler()

    def protocol():
        return SMTP(handler, authenticator=authenticate, auth_required=True, auth_require_tls=True,
                    tls_context=context if security == "starttls" else None,
                    require_starttls=security == "starttls", hostname="mail.example")

    if security == "tls":
        def protocol():  # noqa: F811  (a line that is private from the start has no STARTTLS)
            return SMTP(handler, authenticator=authenticate, auth_required=True, auth_require_tls=False,
                        hostname="mail.example")

    server = await asyncio.get_running_loop().create_server(
        protocol, "127.0.0.1", 0, ssl=context if security == "tls" else None)
    say(server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
