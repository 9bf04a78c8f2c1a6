# SPDX-License-Identifier: Apache-2.0
"""A server with accounts and those who ask it something, for the tests beside this file.

Whoever imports it was called as python3 _x.py AWAI FOLDER: the program, and a folder for
its databases and logs (with cert.pem where TLS is spoken).
"""
import base64
import hashlib
import hmac
import http.client
import re
import ssl
import struct
import subprocess
import sys
import time
import urllib.parse

awai, folder = sys.argv[1:3]
FORM = "application/x-www-form-urlencoded"
YAML = "application/yaml"


def check(name, good, why=""):
    print(f"ok {name}" if good else f"not ok {name}: {str(why)[:300]}", flush=True)


# ---- a server and its clients ---------------------------------------------------------


class Server:
    def __init__(self, db, *options, listen="127.0.0.1:0"):
        self.db, self.log = f"{folder}/{db}", f"{folder}/{db}.log"
        self.process = subprocess.Popen(
            [awai, "serve", "--db", self.db, "--listen", listen, "--lang", "en", *options],
            stdout=subprocess.PIPE, stderr=open(self.log, "a"), text=True)
        line = self.process.stdout.readline()
        found = re.search(r"(https?)://([^/]*):(\d+)/", line)
        if not found:
            sys.exit(f"no server: {line} {open(self.log).read()}")
        self.tls, self.port = found[1] == "https", int(found[3])
        self.host = f"127.0.0.1:{self.port}"
        self.origin = f"{found[1]}://{self.host}"
        self.link = None
        if "--accounts" in options or not self.host.startswith("127"):
            self.read_link()

    def read_link(self):
        line = self.process.stdout.readline()
        self.link = re.search(r"/link/([0-9a-f]{64})", line)[1]

    def end(self):
        self.process.terminate()
        return self.process.wait(60)


class Reply:
    def __init__(self, response, body):
        self.status, self.headers = response.status, response.headers
        self.text = body.decode("utf-8", "replace")
        self.where = response.headers.get("Location", "")
        self.cookies = dict(c.split(";")[0].split("=", 1)
                            for c in response.headers.get_all("Set-Cookie", []))
        self.crumbs = response.headers.get_all("Set-Cookie", [])

    def __repr__(self):
        return f"{self.status} {self.where} {self.text[:120]!r}"


class Client:
    """A browser or a program: cookies and a token of its own, an address it comes from."""

    def __init__(self, server, source="127.0.0.1", token=None):
        self.server, self.source, self.token, self.cookies = server, source, token, {}

    def copy(self, **changes):
        other = Client(self.server, self.source, self.token)
        other.cookies = dict(self.cookies)
        other.__dict__.update(changes)
        return other

    def connect(self):
        s = self.server
        where = ("127.0.0.1", s.port)
        if not s.tls:
            return http.client.HTTPConnection(*where, timeout=120, source_address=(self.source, 0))
        context = ssl.create_default_context(cafile=f"{folder}/cert.pem")
        return http.client.HTTPSConnection(*where, timeout=120, context=context)

    def ask(self, method, path, body=None, type=None, origin="own", keep=True, **headers):
        h = {k.replace("_", "-"): v for k, v in headers.items()}
        if self.cookies:
            h["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if self.token:
            h["Authorization"] = f"Bearer {self.token}"
        if method not in ("GET", "HEAD") and origin:
            h["Origin"] = self.server.origin if origin == "own" else origin
        if isinstance(body, dict):
            body, type = urllib.parse.urlencode(body), FORM
        if body is not None:
            h["Content-Type"] = type or FORM
        c = self.connect()
        c.request(method, path, body=body.encode() if isinstance(body, str) else body, headers=h)
        response = c.getresponse()
        reply = Reply(response, response.read())
        c.close()
        if keep:
            for name, value in reply.cookies.items():
                if value:
                    self.cookies[name] = value
                else:
                    self.cookies.pop(name, None)
        return reply

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.ask("POST", path, {} if body is None else body, **more)

    def log_in(self, login, password, code="", **more):
        return self.post("/login", {"login": login, "password": password, "code": code}, **more)


def code_of(key, step):
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7fffffff) % 1000000:06d}"


def secret_in(reply):
    found = re.search(r'class="secret"[^>]*>([^<]*)<', reply.text)
    return found[1] if found else ""


def link_in(reply):
    return secret_in(reply).rsplit("/", 1)[-1]


PASSWORD = {name: f"{name} walks over seven bridges" for name in
            ("olga", "vera", "rita", "edwin", "oscar", "nora")}


def set_up_codes(client, login):
    """Switches one-time codes on; the key, the step that was taken, the recovery codes."""
    page = client.get("/account/code")
    key = re.search(r"secret=([A-Z2-7]{32})", page.text)[1]
    step = int(time.time()) // 30
    reply = client.post("/account/code", {"present": PASSWORD[login], "code": code_of(key, step)})
    return key, step, secret_in(reply).split("\n"), reply


def enroll(server, link, login, source="127.0.0.1"):
    client = Client(server, source)
    reply = client.post(f"/link/{link}", {"login": login, "password": PASSWORD[login]})
    check(f"enroll_{login}", reply.status == 303, reply)
    return client


def invite(owner, role):
    return link_in(owner.post("/members/invite", {"role": role}))
