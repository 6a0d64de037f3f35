#!/bin/sh
# Prints the path of a Chromium, after installing one if that takes no password (not with --no-install).
# Exit code 1 if there is none.
set -u

find_one() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    "$(dirname "$0")/../../.venv/bin/python" - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = pathlib.Path(playwright.chromium.executable_path)
print(path) if path.exists() else sys.exit(1)
PYTHON
}

install_one() {
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo -n"; fi
        if $sudo true 2>/dev/null; then
            echo "Installing Chromium with apt-get" >&2
            $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium
            return
        fi
    fi
    echo "Installing Chromium with playwright" >&2
    "$(dirname "$0")/../../.venv/bin/python" -m playwright install chromium
}

find_one 2>/dev/null && exit 0
[ "${1:-}" = --no-install ] && exit 1
install_one >&2
find_one 2>/dev/null
