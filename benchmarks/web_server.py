"""What nginx is told: to send a plain file, and what deploy/nginx.conf says."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.programs import Running, running
from benchmarks.running import ROOT

SITE_FILE = ROOT / "deploy" / "nginx.conf"
BLOCK = re.compile(r"^server \{\n.*?^\}\n", re.MULTILINE | re.DOTALL)


def reason_against() -> str | None:
    """Return why nginx cannot run here, or None."""
    return None if program() else "nginx is not installed"


def program() -> str | None:
    """Return where nginx is. Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def plain_file(files: Path, port: int, log: Path, headers: Path | None = None) -> str:
    """Return the configuration that sends the files below `files`, those ending in .gz to who takes them.

    It writes as many log lines as ours, in as large pieces; with the lines of the file `headers` it says the same.
    """
    return f"""    server {{
        listen 127.0.0.1:{port};
        access_log {log} combined buffer=64k flush=5s;
        root {files};
        types {{ }}
        default_type "text/html; charset=utf-8";
        gzip_static on;
        {f"include {headers};" if headers else ""}
    }}
"""


def deployed(*, data: Path, port: int, app: int, headers: Path) -> str:
    """Return deploy/nginx.conf for the folder `data` and the app at the port `app`, over plain HTTP on `port`.

    `headers` is the file that `manage.py nginx_headers` fills. Without TLS, which the plain file does without too;
    and without the servers that only lead to the right name.
    """
    text = SITE_FILE.read_text()
    site = max(BLOCK.findall(text), key=len)
    text = BLOCK.sub("", text) + site
    text = re.sub(r"^ *(listen \[::\]|ssl_).*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"listen 443[^;]*;", f"listen 127.0.0.1:{port};", text)
    for written, here in (
        ("/var/lib/almanac", str(data)),
        ("/var/log/nginx/almanac.log", str(data / "nginx-access.log")),
        ("snippets/almanac-headers.conf", str(headers)),
        ("127.0.0.1:8000", f"127.0.0.1:{app}"),
        ("X-Forwarded-Proto $scheme", "X-Forwarded-Proto https"),
    ):
        if written not in text:
            raise ValueError(f"deploy/nginx.conf does not say {written} any more.")
        text = text.replace(written, here)
    return text


def nginx(
    configuration: str, *, folder: Path, port: int, headers: Mapping[str, str]
) -> AbstractContextManager[Running]:
    """Run nginx with what stands in the `http` part of its `configuration`, which must listen on `port`."""
    file = folder / f"nginx-{port}.conf"
    temporary = "".join(
        f"    {name}_temp_path {folder / f'nginx-{port}-{name}'};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Its workers read the folder, which belongs to whoever runs this.
    user = "user root;\n" if os.getuid() == 0 else ""
    file.write_text(
        f"{user}worker_processes auto;\ndaemon off;\npid {folder / f'nginx-{port}.pid'};\nerror_log stderr warn;\n"
        f"events {{ worker_connections 2048; }}\nhttp {{\n{temporary}{configuration}}}\n"
    )
    command = [program() or "nginx", "-e", "stderr", "-c", str(file)]
    return running(command, log=folder / f"nginx-{port}.log", port=port, headers=headers)
