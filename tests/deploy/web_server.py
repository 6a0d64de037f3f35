"""Starting nginx with `deploy/nginx.conf` as it is, but for ports, folders and certificate, and asking it."""

from __future__ import annotations

import gzip
import os
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

from django.core.management import call_command

from tests.processes import ROOT

NAME = "almanac.example.org"
CONFIGURATION = ROOT / "deploy" / "nginx.conf"

FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
{user}
events {{ worker_connections 256; }}
http {{
    # As Debian's own nginx.conf has it.
    sendfile on;
    tcp_nopush on;
    gzip on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    include {folder}/almanac;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back. The names in `headers` are not case-sensitive."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Site:
    """A running nginx: its ports, and the folder with `data`, the folder of the site, in it."""

    folder: Path
    http: int
    https: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def connect(self, *, secure: bool = True, server_name: str = NAME, source: str = "127.0.0.1") -> HTTPConnection:
        """Return an open connection, from the address `source` of this machine."""
        connection = HTTPConnection(NAME)
        connection.sock = socket.create_connection(
            ("127.0.0.1", self.https if secure else self.http), timeout=10, source_address=(source, 0)
        )
        if secure:
            context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
            context.check_hostname = server_name == NAME
            try:
                connection.sock = context.wrap_socket(connection.sock, server_hostname=server_name)
            except ssl.SSLError:
                connection.close()
                raise
        return connection

    def ask(
        self,
        address: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        secure: bool = True,
    ) -> Answer:
        """Return the answer to one request; `address` is sent as it stands."""
        connection = self.connect(secure=secure)
        try:
            return ask_over(connection, address, method=method, headers=headers, body=body)
        finally:
            connection.close()


def ask_over(
    connection: HTTPConnection,
    address: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """Return the answer to one request over an open connection."""
    connection.request(method, address, body=body, headers={"Accept-Encoding": "identity"} | dict(headers or {}))
    with connection.getresponse() as response:
        return Answer(response.status, response.headers, response.read())


def make_files(data: Path) -> None:
    """Make what a site has: kept pages, static files, media, the page of an app that is away; what has no address."""
    page = "<!doctype html><title>Kettles · 你好</title>"
    files = {
        "pages/index.html": "<!doctype html><title>Home</title>",
        "pages/articles/kettles/index.html": page,
        "pages/articles/kettles/.index.html.new": "canary",
        "pages/artikel/über-kessel/index.html": "<!doctype html><title>Kessel</title>",
        "static/css/site.0123456789ab.css": "body{}",
        "static/css/site.css": "body{}",
        "static/js/site.0123456789ab.js": "{}",
        "media/sizes/kettle-480.avif": "picture",
        "media/sizes/kettle.svg": "<svg onload='alert(1)'/>",
        "media/other/kettle.html": "<script>alert(1)</script>",
        "media/other/KETTLE.JPG": "picture",
        "media/other/kettle.mp4": "film",
        "media/other/kettle.vtt": "WEBVTT",
        "media/sizes/.canary.png": "canary",
        "media/documents/canary.pdf": "canary",
        "away/503.html": "<!doctype html><title>Away</title>",
        "almanac.sqlite3": "canary",
        "kept/index.sqlite3": "canary",
    }
    for name, text in files.items():
        file = data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        if name.endswith(("/index.html", ".css", ".js")):
            Path(f"{file}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def certificate(folder: Path) -> None:
    """Make a certificate that speaks for itself, where the configuration of the tests looks for it."""
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    subprocess.run(["openssl", "req", "-x509", *kind, *files, *name], check=True, capture_output=True)


def configured(folder: Path, *, http: int, https: int, upstream: int) -> str:
    """Return our configuration with the places changed that an operator changes, and its ports."""
    text = re.sub(r".*listen \[::\].*\n", "", CONFIGURATION.read_text())
    changes = {
        "listen 80": f"listen 127.0.0.1:{http}",
        "listen 443": f"listen 127.0.0.1:{https}",
        "server 127.0.0.1:8000": f"server 127.0.0.1:{upstream}",
        f"/etc/letsencrypt/live/{NAME}": str(folder),
        "/var/lib/almanac": str(folder / "data"),
        "/var/log/nginx": str(folder),
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def running(nginx: str, folder: Path, upstream: int) -> Iterator[Site]:
    """Run nginx in `folder` before the app on the port `upstream`."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        http, https = one.getsockname()[1], other.getsockname()[1]
    (folder / "snippets").mkdir()
    with (folder / "snippets" / "almanac-headers.conf").open("w") as lines:
        call_command("nginx_headers", stdout=lines)
    (folder / "almanac").write_text(configured(folder, http=http, https=https, upstream=upstream))
    # Only root may give it another user, and only root has files that another user cannot read.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, user=user))
    process = subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE, text=True
    )
    try:
        _wait_for(process, https)
        yield Site(folder, http, https)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait_for(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(500):
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError("nginx did not start")
