"""Python environments of the peers: their packages need another world than ours."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import tell

PACKAGES = Path(__file__).with_name("requirements.txt")


def python_with(requirements: Path = PACKAGES) -> Path:
    """Return the Python that has what `requirements` names. Made on first use, outside the repository, and kept."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:8]
    folder = Path(os.environ.get("ALMANAC_DATA") or tempfile.gettempdir()) / f"almanac-peers-{digest}"
    python, complete = folder / "bin" / "python", folder / "complete"
    if not complete.exists():
        tell(f"Installing {requirements.name} of the peers in {folder}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)  # noqa: S603 (our own words)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", str(requirements)], check=True)  # noqa: S603 (the same)
        complete.touch()
    return python
