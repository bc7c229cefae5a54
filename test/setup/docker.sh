#!/usr/bin/env bash
# A Docker engine with Compose v2 and buildx.  One that answers is used as it is; else Debian's is installed and started.
#
#   docker.sh
#
# Prints DOCKER_ENGINE=version, and DOCKERD_PID=number when this run has started the engine (whoever asked may end it).
set -euo pipefail
# shellcheck source=test/setup/machine.sh
source "$(dirname "${BASH_SOURCE[0]}")/machine.sh"

folder=$(cache_root)/docker
readonly plugins=/usr/local/lib/docker/cli-plugins

# The engine's own answer, not the client's: "docker version" prints half an answer when nobody listens.
engine_version() { docker version --format '{{.Server.Version}}' 2>/dev/null; }

# Debian 12 has only Compose v1.  The v2 plugins of Debian 13 are Go programs that run on 12 as they are; they are
# fetched through an apt state of its own, so that this system's sources and package lists stay as they were.
plugins_from_trixie() {
  local archive program
  as_root apt-get update -qq
  # shellcheck disable=SC2016
  archive=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Created-By: Packages' | sort -u | head -n1)
  [[ -n $archive ]] || missing 'Compose v2 and buildx' 'No Debian 12 archive is configured in apt.'
  mkdir -p "$folder"/{lists,archives}/partial "$folder/debs" "$folder/trixie"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s trixie main\n' "$archive" \
    >"$folder/sources.list"
  cat >"$folder/apt.conf" <<CONF
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$folder/lists";
Dir::Cache::archives "$folder/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT::Sandbox::User "root";
CONF
  (
    cd "$folder/debs"
    rm -f docker-compose_*.deb docker-buildx_*.deb
    export APT_CONFIG=$folder/apt.conf
    apt-get update -qq
    apt-get download -qq docker-compose docker-buildx
  )
  for program in docker-compose docker-buildx; do
    dpkg-deb --extract "$folder/debs/$program"_*.deb "$folder/trixie"
    as_root install -D -m 755 "$folder/trixie/usr/libexec/docker/cli-plugins/$program" "$plugins/$program"
  done
}

ensure_plugins() {
  if docker compose version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1; then return; fi
  may_install || missing 'Docker Compose v2 and buildx' 'They are plugins of the docker command.'
  say 'installing Compose v2 and buildx'
  # shellcheck disable=SC1091
  local release; release=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  case $release in
    bookworm) plugins_from_trixie ;;
    *) if apt-cache show docker-compose-v2 >/dev/null 2>&1; then
         install_packages docker-compose-v2 docker-buildx # Ubuntu's names
       else
         install_packages docker-compose docker-buildx
       fi ;;
  esac
}

# A machine without an init system (a container, a CI runner) gets an engine of our own; systemd is asked where it rules.
start_engine() {
  if [[ -d /run/systemd/system ]]; then
    as_root systemctl start docker
    return
  fi
  if ! mountpoint -q /sys/fs/cgroup; then
    install_packages cgroupfs-mount
    as_root cgroupfs-mount
  fi
  mkdir -p "$folder"
  local pid_file=/run/dockwright-dockerd.pid
  setsid nohup dockerd -H unix:///var/run/docker.sock --pidfile "$pid_file" \
    --log-opt max-size=1m --log-opt max-file=2 >"$folder/dockerd.log" 2>&1 </dev/null &
  local attempt
  for ((attempt = 0; attempt < 300; attempt++)); do
    if engine_version >/dev/null; then
      printf 'DOCKERD_PID=%s\n' "$(cat "$pid_file")"
      return
    fi
    sleep 0.1
  done
  tail -n 20 "$folder/dockerd.log" >&2
  say 'the Docker engine did not start'
  exit 1
}

# An engine that answers is enough; one that does not is ours to bring up only at the default place, and only as root.
if ! engine_version >/dev/null; then
  if [[ -n ${DOCKER_HOST:-} ]] && command -v docker >/dev/null; then
    missing "a Docker engine at DOCKER_HOST=$DOCKER_HOST" 'Start it, or unset DOCKER_HOST.'
  fi
  if ((EUID != 0)) || ! may_install; then
    missing 'a Docker engine that answers' \
      'Start Docker, or give your user the right to reach it.' \
      'On Debian or Ubuntu as root, this script installs and starts one.'
  fi
  need docker:docker.io
  # Only the command may have been missing, or its package has started the engine.
  if ! engine_version >/dev/null; then
    need dockerd:docker.io iptables:iptables
    start_engine
  fi
fi
ensure_plugins
printf 'DOCKER_ENGINE=%s\n' "$(engine_version)"
