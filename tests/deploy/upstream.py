"""A stand-in of the app behind the web server."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(BaseHTTPRequestHandler):
    """Answers every request with what it was, as JSON. It hangs up: an open connection would outlive `stop`."""

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = [[name.lower(), value] for name, value in self.headers.items()]
        # Not `self.path`, in which slashes at the beginning are joined.
        address = self.requestline.split()[1]
        told = {"method": self.command, "address": address, "headers": headers, "bytes": len(self.rfile.read(length))}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET  # noqa: N815  # the names are http.server's

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class Upstream:
    """The stand-in, on a port of its own that it keeps when it is stopped and started again."""

    def __init__(self) -> None:
        self.port = 0

    def start(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), Echo)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
