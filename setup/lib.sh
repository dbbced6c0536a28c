# Sourced first by every command here: messages, steps, the way to Odoo.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE ODOO_RC PGDATABASE PGDATABASE_TEMPLATE
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
state=$here/.local
venv=$state/venv
addons=(return_policy loyalty_points live_aftersales)
mkdir -p "$state/log" "$state/data" 2>/dev/null && [ -w "$state" ] ||
    { echo "Cannot write to $here: clone the project into a folder of your own." >&2; exit 1; }

say() { echo "$*" >&2; }
die() { echo "$*" >&2; exit 1; }

# step "What happens" function [argument…]: one line for people, everything else into a log file.
# Not to be called where bash ignores errors (if, ||, &&): the function stops at its first error.
step() {
    attempt "$@"
    [ "$failed" = 0 ] || explain "$1"
}

# The same, but a failure is only left in $failed. Also sets $log and $took.
attempt() {
    local begun=$SECONDS
    log=$state/log/${2//[^a-z_]/}.log
    printf '· %s … ' "$1" >&2
    set +e
    (set -e; "${@:2}") >"$log" 2>&1 </dev/null
    failed=$?
    set -e
    took=$((SECONDS - begun))
    if [ "$failed" = 0 ]; then say "$took s"; else say "failed"; fi
}

explain() {
    local offline='Temporary failure|Could not resolve|Could not connect|Network is unreachable|NewConnectionError'
    if grep -qiE 'No space left|disk quota' "$log"; then
        die "The disk is full: make room below $here and start again."
    elif grep -qE "$offline|Name or service not known|ProxyError|ConnectTimeout" "$log"; then
        die "There is no way to the package registries from here ($1): check the network and start again."
    fi
    if sentence=$(grep '^setup: ' "$log"); then die "${sentence#setup: }"; fi
    tail -n 20 "$log" >&2
    die "$1: that failed. The whole output is in $log."
}

# Inside a step: end it with one sentence for the person.
fail() { echo "setup: $*"; return 1; }

# with_lock NAME "who we wait for": one command at a time from here to unlock.
lock() {
    exec 8>>"$state/$1.lock"
    flock -n 8 || { say "· waiting for another setup command $2 …"; flock 8; }
}
unlock() { exec 8>&-; }

odoo() { "$venv/bin/python" -m odoo "${1:?}" -c "$state/odoo.conf" "${@:2}"; }
