"""The Python environment of the peers: their packages need an older world than ours."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import tell

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def python_of_peers() -> Path:
    """Return the Python that has the peers' packages. It is made on first use, outside the repository, and kept."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]
    folder = Path(os.environ.get("ALMANAC_DATA") or tempfile.gettempdir()) / f"almanac-peers-{digest}"
    python, complete = folder / "bin" / "python", folder / "complete"
    if not complete.exists():
        tell(f"Installing the peers in {folder}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)  # noqa: S603 (our own words)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", str(REQUIREMENTS)], check=True)  # noqa: S603 (the same)
        complete.touch()
    return python
