# Sourced after prepare.sh. Databases, each marked with what it was made from (its comment in PostgreSQL):
#   base_…   everything our addons depend on, in Chinese and English; never opened, only copied
#   demo     the shop that setup/start serves
#   test…    thrown away
extra_modules=(payment_demo l10n_cn)

connect() {
    . setup/postgres.sh
    prefix=
    if [ -z "$pg_private" ]; then   # a server others use too: names of our own for this folder
        prefix=las_$(echo "$here" | sha256sum | cut -c1-6)_
        psql -d postgres -qc '' 2>"$state/log/connect.log" || die "The PostgreSQL server of PGHOST=$PGHOST does not let us in: $(
            head -n 1 "$state/log/connect.log")"
        [ "$(query postgres "SELECT rolcreatedb AND current_user <> 'postgres' FROM pg_roles WHERE rolname = current_user")" = t ] ||
            die "Odoo needs a PostgreSQL user of its own that may create databases, and is not \"postgres\": set PGUSER."
    fi
}

query() { psql -d "$1" -XAtqc "$2"; }
made_from() { query postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"; }
mark() { query postgres "COMMENT ON DATABASE \"$1\" IS '$2'"; }
digest() { sha256sum | cut -c1-12; }

# What the files below folders hold that reaches a database, whatever git knows of them.
content() {
    find "$@" -type f ! -name '*.pyc' ! -name '*.md' ! -path '*/tests/*' ! -path '*/static/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum
}

drop() {
    query postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "$state/data/filestore/$1"
}

# copy FROM TO: a database with its files (which are never changed, so links do).
copy() {
    drop "$2"
    createdb -T "$1" "$2"
    mkdir -p "$state/data/filestore"
    [ ! -d "$state/data/filestore/$1" ] ||
        cp -rl "$state/data/filestore/$1" "$state/data/filestore/$2" 2>/dev/null ||
        cp -r "$state/data/filestore/$1" "$state/data/filestore/$2"
}

# install DATABASE -i|-u MODULES: a line of Odoo's log that says ERROR is a failure.
install() {
    odoo server -d "$1" "$2" "$3" --stop-after-init --no-http --log-level=warn 2>&1 | tee "$state/log/install_$1.log" || return 1
    ! grep -E '^[0-9-]+ [0-9:,]+ [0-9]+ (ERROR|CRITICAL) ' "$state/log/install_$1.log" ||
        fail "Installing $3 wrote errors into the log: $state/log/install_$1.log"
}

script() { odoo shell -d "$1" --no-http --log-level=warn < "$2"; }

dependencies() {
    "$venv/bin/python" - "${addons[@]}" <<'PY'
import ast
import pathlib
import sys

addons = sys.argv[1:]
manifests = [ast.literal_eval(pathlib.Path(a, "__manifest__.py").read_text()) for a in addons]
print(*sorted({name for m in manifests for name in m["depends"]} - set(addons)), sep="\n")
PY
}

make_base() {
    drop "$base"
    createdb -T template0 -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 "$base"
    install "$base" -i "$1"
    # Not while creating: Chinese would become the only language.
    odoo server -d "$base" --load-language=zh_CN --stop-after-init --no-http --log-level=warn
    script "$base" setup/offline.py
}

base_database() {
    local modules made old
    modules=$(dependencies | cat - <(printf '%s\n' "${extra_modules[@]}") | sort -u | paste -sd, -)
    made=$( (echo "$modules"; cat requirements.txt setup/offline.py "$odoo_path/odoo/release.py") | digest)
    base=${prefix}base_$made
    [ "$(made_from "$base")" != "$made" ] || return 0
    for old in $(query postgres "SELECT datname FROM pg_database WHERE datname LIKE '${prefix//_/\\_}base\\_%'"); do
        drop "$old"
    done
    step "Creating the database that all others are copied from (about a minute)" make_base "$modules"
    mark "$base" "$made"
}

make_demo() {
    copy "$base" "$demo"
    script "$demo" setup/demo_company.py
    install "$demo" -i "$(IFS=,; echo "${addons[*]}")"
    script "$demo" setup/demo.py
}

upgrade_demo() { install "$demo" -u "$(IFS=,; echo "${addons[*]}")"; }

# Made anew when the story or what lies below it changed, upgraded when our code did.
demo_database() {
    local story code was
    demo=${prefix}demo
    base_database
    story=$( (echo "$base"; content setup/demo*.py $(ls -d */demo 2>/dev/null)) | digest)
    code=$(content "${addons[@]}" | digest)
    was=$(made_from "$demo")
    if [ "$was" != "$story $code" ] && [ "${was% *}" = "$story" ] && [ -z "${fresh:-}" ]; then
        attempt "The addons changed: upgrading the demo database" upgrade_demo
        [ "$failed" != 0 ] || was="$story $code"
        mark "$demo" "$was"
    fi
    if [ "$was" != "$story $code" ] || [ -n "${fresh:-}" ]; then
        step "Making the demo database (about a minute; what was done in an older one is gone)" make_demo
        mark "$demo" "$story $code"
    fi
}
