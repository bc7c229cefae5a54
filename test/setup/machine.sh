# What the set-up scripts share: where the cache lies, what this machine lacks, and whether we may install it.
# Sourced, never run.  Exit status 3 of a set-up script means: something is missing that we may not install.
# shellcheck shell=bash

readonly NOT_INSTALLED=3

# Messages go to stderr: stdout carries only the KEY=VALUE lines that the caller reads.
say() { printf '  [%3ss] %s\n' "$SECONDS" "$*" >&2; }

# The machine-wide cache when we may write there, else the user's own.
cache_root() {
  local shared=/var/cache/dockwright
  if [[ -n ${DOCKWRIGHT_CACHE:-} ]]; then
    printf '%s\n' "$DOCKWRIGHT_CACHE"
  elif [[ -d $shared && -w $shared ]] || [[ ! -e $shared && -w /var/cache ]]; then
    printf '%s\n' "$shared"
  else
    printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/dockwright"
  fi
}

# Only Debian's package manager, and only with the right to use it: as root, or in CI through a password-less sudo.
may_install() {
  command -v apt-get >/dev/null || return 1
  ((EUID == 0)) || { [[ ${CI:-} == true ]] && sudo -n true 2>/dev/null; }
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# missing WHAT HOW...: names what is not there and how to get it, and ends the script.
missing() {
  printf 'missing: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '         %s\n' "$@" >&2
  exit "$NOT_INSTALLED"
}

# need COMMAND:PACKAGE...: installs the packages of the commands that are not on the PATH, or says which they are.
need() {
  local pair lacking=() commands=()
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null && continue
    commands+=("${pair%%:*}")
    lacking+=("${pair##*:}")
  done
  ((${#lacking[@]})) || return 0
  may_install || missing "${commands[*]}" \
    "On Debian or Ubuntu, as root:  apt-get install --no-install-recommends ${lacking[*]}"
  install_packages "${lacking[@]}"
}

# Asks the mirror for its lists first: those of a fresh machine are empty or old.
install_packages() {
  say "installing with apt-get: $*"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}
