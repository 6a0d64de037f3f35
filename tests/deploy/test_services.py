"""The units of systemd, and the environment that they share with the shell."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT

UNITS = sorted(ROOT.glob("deploy/*.service"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_no_fault_with_the_units(tmp_path):
    for unit in UNITS:
        text = unit.read_text().replace("/srv/almanac/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / unit.name).write_text(text.replace("/srv/almanac", str(ROOT)))
    files = [str(tmp_path / unit.name) for unit in UNITS]
    found = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)

    assert len(UNITS) == 2
    assert (found.returncode, found.stderr) == (0, "")


def test_environment_means_the_same_to_systemd_and_to_a_shell(tmp_path):
    lines = (ROOT / "deploy" / "almanac.env.example").read_text().splitlines()
    settings = [line.lstrip("#") for line in lines if re.match(r"#?[A-Z_]+=", line)]
    file = tmp_path / "almanac.env"
    file.write_text("\n".join(settings))
    read = subprocess.run(["env", "-i", "sh", "-ac", '. "$1"; env', "sh", str(file)], capture_output=True, text=True)

    assert len(settings) > 10
    assert {line.replace("'", "") for line in settings} <= set(read.stdout.splitlines())
