"""WordPress with PHP-FPM, MariaDB and nginx: a post with the text of an article of our demo and 100 comments."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.programs import DidNotStart, Running, free_port, running
from benchmarks.running import ROOT
from benchmarks.web_server import nginx

SOURCE = Path("/usr/share/wordpress")
INSTALLER = Path(__file__).with_name("wordpress.php")
ARTICLE = ROOT / "site" / "demo" / "content" / "articles" / "why-do-my-legs-cramp-at-night.txt"
COMMENTS = 100
NAME = f"WordPress, {COMMENTS} comments"
CACHED = f"{NAME}, nginx cache"
HEADERS = {"Host": "almanac.example.org"}

CONFIGURATION = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', 'http://almanac.example.org');
define('WP_SITEURL', 'http://almanac.example.org');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {{
    define("{{$name}}_KEY", 'benchmark');
    define("{{$name}}_SALT", 'benchmark');
}}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{
    define('ABSPATH', __DIR__ . '/');
}}
require_once ABSPATH . 'wp-settings.php';
"""
# It would refuse the second comment of the same address within a quarter of a minute: all of them come from here.
NO_FLOOD_CONTROL = "<?php add_filter('wp_is_comment_flood', '__return_false', 99);\n"

POOL = """[global]
daemonize = no
error_log = {folder}/php.log
[wordpress]
user = root
group = root
listen = {folder}/php.sock
pm = static
pm.max_children = 4
php_admin_value[opcache.enable] = 1
"""

SERVER = """
    server {{
        listen 127.0.0.1:{port};
        access_log off;
        # With it, an answer without Content-Length waits 40 ms for more to send.
        tcp_nopush off;
        root {root};
        index index.php;
        location / {{ try_files $uri $uri/ /index.php?$args; }}
        location ~ \\.php$ {{
            include /etc/nginx/fastcgi.conf;
            fastcgi_pass unix:{folder}/php.sock;
            {cache}
        }}
    }}
"""
CACHE = "fastcgi_cache wordpress; fastcgi_cache_key $request_uri; fastcgi_cache_valid 200 10m;"


@dataclass(frozen=True, kw_only=True)
class WordPress:
    """A WordPress that runs."""

    page: str
    """The address of the post, made for each request."""
    cached_page: str
    """The same through nginx's cache."""
    form: str
    """Where comments are sent."""
    post: str
    """The key of the post."""
    programs: tuple[Running, ...]

    def cpu_seconds(self) -> float:
        """Return the CPU time that PHP and the database have taken so far."""
        return sum(program.cpu_seconds() for program in self.programs)

    def comment(self, number: int) -> tuple[str, str]:
        """Return the address of the comment form, and what is sent there."""
        words = f"The kettle of house number {number} sings, and nobody knows why."
        sent = {"author": f"Ruth {number}", "email": f"ruth{number}@example.org", "comment": words}
        return "/wp-comments-post.php", urlencode({**sent, "comment_post_ID": self.post, "comment_parent": 0})


@contextmanager
def wordpress(folder: Path) -> Iterator[WordPress]:
    """Run WordPress with all its data in `folder`. Raises DidNotStart."""
    with ExitStack() as stack:
        database = stack.enter_context(_database(folder))
        root = folder / "wordpress"
        # Debian spreads it over several folders, with links.
        shutil.copytree(SOURCE, root, symlinks=False, ignore_dangling_symlinks=True)
        (root / "wp-config.php").unlink(missing_ok=True)
        (root / "wp-config.php").write_text(CONFIGURATION.format(socket=folder / "maria.sock"))
        (root / "wp-content" / "mu-plugins").mkdir(exist_ok=True)
        (root / "wp-content" / "mu-plugins" / "no-flood-control.php").write_text(NO_FLOOD_CONTROL)
        post = _told(["php", str(INSTALLER), str(root), str(ARTICLE), str(COMMENTS)]).strip().splitlines()[-1]
        (folder / "php.conf").write_text(POOL.format(folder=folder))
        command = ["php-fpm8.2", "--nodaemonize", "--allow-to-run-as-root", "--fpm-config", str(folder / "php.conf")]
        php = stack.enter_context(running(command, log=folder / "php-fpm.log"))
        _wait_for(folder / "php.sock")
        ports = free_port(), free_port()
        servers = "".join(
            SERVER.format(port=port, root=root, folder=folder, cache=cache)
            for port, cache in zip(ports, ("", CACHE), strict=True)
        )
        cache = f"    fastcgi_cache_path {folder / 'cache'} keys_zone=wordpress:10m;\n"
        types = "    include /etc/nginx/mime.types;\n"
        stack.enter_context(nginx(cache + types + servers, folder=folder, port=ports[0], headers=HEADERS))
        yield WordPress(
            page=f"http://127.0.0.1:{ports[0]}/?p={post}",
            cached_page=f"http://127.0.0.1:{ports[1]}/?p={post}",
            form=f"http://127.0.0.1:{ports[0]}",
            post=post,
            programs=(php, database),
        )


@contextmanager
def _database(folder: Path) -> Iterator[Running]:
    """Run MariaDB, which only a socket in `folder` leads to."""
    data, socket = folder / "maria", folder / "maria.sock"
    options = ["--no-defaults", "--user=root", f"--datadir={data}"]
    _told(["mariadb-install-db", *options, "--auth-root-authentication-method=normal", "--skip-test-db"])
    command = [
        "/usr/sbin/mariadbd",
        *options,
        f"--socket={socket}",
        "--skip-networking",
        f"--pid-file={folder}/maria.pid",
    ]
    with running(command, log=folder / "maria.log") as database:
        _wait_for(socket)
        _told(["mariadb", "--no-defaults", f"--socket={socket}", "--user=root", "-e", "CREATE DATABASE wordpress"])
        yield database


def _told(command: list[str]) -> str:
    """Run `command` and return what it says. Raises DidNotStart if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        raise DidNotStart(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def _wait_for(socket: Path) -> None:
    for _attempt in range(300):
        if socket.exists():
            return
        time.sleep(0.1)
    raise DidNotStart(f"Nothing listens on {socket}.")
