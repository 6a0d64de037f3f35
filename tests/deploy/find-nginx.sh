#!/bin/sh
# Prints the path of an nginx, after installing one if that takes no password (not with --no-install).
# Exit code 1 if there is none.
set -u
# Debian puts it where only root looks.
PATH="$PATH:/usr/sbin:/usr/local/sbin"

find_one() { command -v "${NGINX:-nginx}"; }

install_one() {
    command -v apt-get >/dev/null 2>&1 || return
    if [ "$(id -u)" = 0 ]; then sudo=""; else sudo="sudo -n"; fi
    $sudo true 2>/dev/null || return
    echo "Installing nginx with apt-get"
    # Not started, in case something else listens on port 80.
    $sudo apt-get update -qq &&
        $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends nginx-light
}

find_one && exit 0
[ "${1:-}" = --no-install ] && exit 1
install_one >&2
find_one
