"""Tells where the docs have fallen behind; `make check` runs it. Exit code 1: a sentence is no longer true."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def names_of(requirements: str) -> set[str]:
    """Return the packages that a requirements .in file names."""
    lines = (ROOT / requirements).read_text().splitlines()
    return {match[0].lower() for line in lines if (match := re.match(r"[A-Za-z][\w.-]*", line))}


def table_names(page: str) -> set[str]:
    """Return what stands in the first column of the tables of a page."""
    return {match[1].strip("`") for match in re.finditer(r"^\| ([\w`.-]+) \|", (ROOT / page).read_text(), re.MULTILINE)}


def complaints() -> list[str]:
    """Return a sentence for each thing that the docs get wrong."""
    found = []
    needed = names_of("requirements.in") | names_of("requirements-dev.in")
    described = table_names("docs/dependencies.md") - {"Package", "---"}
    found += [f"docs/dependencies.md does not describe {name}." for name in sorted(needed - described)]
    found += [f"docs/dependencies.md describes {name}, which is not required." for name in sorted(described - needed)]

    kinds = {path.parent.name for path in ROOT.glob("articles/blocks/*/__init__.py")}
    found += [
        f"docs/import.md does not name the kind {kind}." for kind in sorted(kinds - table_names("docs/import.md"))
    ]

    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    readme = (ROOT / "README.md").read_text()
    for name in sorted(set(re.findall(r"`make ([a-z-]+)", readme)) - targets):
        found.append(f"README.md says `make {name}`, which the Makefile does not have.")

    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            if not (page.parent / target).exists() and not target.startswith("https:"):
                found.append(f"{page.relative_to(ROOT)} links to {target}, which does not exist.")

    example = (ROOT / "deploy/almanac.env.example").read_text()
    described = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    settings = [(ROOT / f"site/config/settings/{name}.py").read_text() for name in ("base", "production")]
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', "".join(settings))) - {"PORT"}
    found += [f"deploy/almanac.env.example does not explain {name}." for name in sorted(read - described)]
    others = {"DJANGO_SETTINGS_MODULE", "GRANIAN_WORKERS"}
    found += [f"deploy/almanac.env.example explains {name}, which nothing reads." for name in described - read - others]
    return found


if __name__ == "__main__":
    for sentence in (problems := complaints()):
        print(sentence)
    sys.exit(1 if problems else 0)
