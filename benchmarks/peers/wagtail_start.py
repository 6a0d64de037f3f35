"""The project that `wagtail start` makes: its home page, on the server that Almanac runs on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.environment import python_with
from benchmarks.programs import Running, free_port, running

REQUIREMENTS = Path(__file__).with_name("wagtail.txt")
NAME = "Wagtail’s start project, home page"
SETTINGS = """from .base import *
DEBUG = False
SECRET_KEY = "benchmark"
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
"""


@contextmanager
def wagtail_start(folder: Path) -> Iterator[Running]:
    """Run the project, made in `folder`. Raises DidNotStart, or CalledProcessError if it could not be made."""
    python, port, project = python_with(REQUIREMENTS), free_port(), folder / "start"
    project.mkdir()
    environment = {"DJANGO_SETTINGS_MODULE": "start.settings.benchmark", "PYTHONPATH": str(project)}
    subprocess.run([str(python.with_name("wagtail")), "start", "start", str(project)], check=True, capture_output=True)  # noqa: S603
    (project / "start" / "settings" / "benchmark.py").write_text(SETTINGS)
    migrate = [str(python), "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=project, env=os.environ | environment, check=True)  # noqa: S603 (our own words)
    server = [str(python.with_name("granian")), "--interface", "wsgi", "--port", str(port), "--blocking-threads", "1"]
    command = [*server, "start.wsgi:application"]
    with running(command, log=folder / "start.log", port=port, environment=environment, folder=project) as program:
        yield program
