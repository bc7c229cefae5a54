#!/usr/bin/env bash
# The images that the tests run, built from Debian's packages: no registry is asked, and the programs are the real ones.
#
#   images.sh [NAME...]     busybox, redis, mariadb, nginx; all of them when none is named
#
# How: the packages' dependencies are downloaded once and unpacked side by side, no maintainer script is run; each image
# gets its programs, the libraries that these load, and the files of images/NAME/.  The entrypoints behave as those of
# the official images do where the tests care.  An image of the same name that was pulled is left alone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=test/setup/machine.sh
source "$here/machine.sh"

folder=$(cache_root)/images
readonly stage=$folder/stage
readonly recipe_label=dockwright.test-image

declare -rA tag=([busybox]=busybox:1.35 [redis]=redis:7.0 [mariadb]=mariadb:10.11 [nginx]=nginx:1.22)
# The names that the sample stack uses: the same program under another tag.
declare -rA alias=([redis]=redis:7-alpine [nginx]=nginx:1.27-alpine)
declare -rA package=(
  [busybox]='busybox util-linux libc-bin'
  [redis]='redis-server'
  [mariadb]='mariadb-server-core mariadb-client mariadb-backup'
  [nginx]='nginx-light'
)
declare -rA programs=(
  [busybox]='usr/bin/busybox usr/bin/setpriv'
  [redis]='usr/bin/redis-server usr/bin/redis-cli usr/bin/redis-check-rdb usr/bin/redis-check-aof'
  [mariadb]='usr/sbin/mariadbd usr/bin/mariadb usr/bin/mariadb-dump usr/bin/mariadb-admin usr/bin/mariadb-check
             usr/bin/mariadb-install-db usr/bin/mariadb-backup usr/bin/my_print_defaults usr/bin/resolveip'
  [nginx]='usr/sbin/nginx'
)

# Everything that decides how an image turns out: this script, and the image's folder.
recipe() { cat "$here/images.sh" "$here/images/$1"/* | sha256sum | cut -c1-16; }

made_here() {
  [[ $(docker image inspect --format "{{index .Config.Labels \"$recipe_label\"}}" "${tag[$1]}" 2>/dev/null) == "$(recipe "$1")" ]]
}

# A pulled image is the official one, and serves as well.
was_pulled() {
  [[ $(docker image inspect --format '{{len .RepoDigests}}' "${tag[$1]}" 2>/dev/null) =~ ^[1-9] ]]
}

is_present() { made_here "$1" || was_pulled "$1"; }

# --- packages -----------------------------------------------------------------------------------------------------------

# With an empty status file apt believes that nothing is installed, and so lists the whole closure.
closure() {
  apt-get -qq -y -o Debug::NoLocking=1 -o "Dir::State::status=$folder/status" -o APT::Install-Recommends=0 \
    -o APT::Sandbox::User=root -o Acquire::Retries=3 "$@"
}

download() {
  mkdir -p "$folder"/{debs,none}/partial
  : >"$folder/status"
  closure -o "Dir::Cache::archives=$folder/none" --print-uris install "$@" >"$folder/uris" &&
    closure -o "Dir::Cache::archives=$folder/debs" --download-only install "$@" >/dev/null
}

# What the closure drags in and no program here loads.  It would double the work.
readonly unneeded='^(perl|debconf|init-system|systemd|ucf|ssl-cert|iproute2|gcc-12-base|dpkg|sensible|netbase|python)'

unpack() {
  local archive directory
  rm -rf "$stage"
  # Debian merges /bin into /usr/bin and so on; the archives still name both.
  for directory in bin sbin lib lib64; do
    mkdir -p "$stage/usr/$directory"
    ln -s "usr/$directory" "$stage/$directory"
  done
  while read -r archive; do
    dpkg-deb --fsys-tarfile "$folder/debs/$archive" |
      tar --extract --directory "$stage" --keep-directory-symlink \
        --exclude='./usr/share/doc*' --exclude='./usr/share/man*' --exclude='./usr/share/locale*' --exclude='*/perl*'
  done < <(awk '{ print $2 }' "$folder/uris" | grep -Ev "$unneeded")
}

# --- one tree per image -------------------------------------------------------------------------------------------------

# Copies programs of the stage into an image's tree, each with the libraries that the loader lists for it.
add_programs() {
  local tree=$1 program library loader
  shift
  loader=$(cd "$stage" && compgen -G 'usr/lib*/ld-linux-*.so.*' | head -n1)
  for program in "$@"; do
    install -D -m 755 "$stage/$program" "$tree/$program"
    while read -r library; do
      # /lib is a link in the image: a folder of that name in the archive would replace it.
      [[ $library == /usr/* ]] || library=/usr$library
      [[ -e $tree$library ]] || install -D -m 755 "$stage$library" "$tree$library"
    done < <(chroot "$stage" "/$loader" --list "/$program" 2>/dev/null | grep -o '/[^ ]*' || true)
  done
}

tree_of_busybox() {
  local tree=$1 directory applet
  for directory in bin sbin lib lib64; do
    mkdir -p "$tree/usr/$directory"
    ln -s "usr/$directory" "$tree/$directory"
  done
  mkdir -p "$tree"/{etc,root,run,proc,sys,dev,var/lib,var/log}
  install -d -m 1777 "$tree/tmp" "$tree/var/tmp"
  ln -s ../run "$tree/var/run"
  while read -r applet; do
    # The real setpriv knows --reuid; busybox itself is the program that the links point to.
    [[ $applet == busybox || $applet == setpriv ]] || ln -sf busybox "$tree/usr/bin/$applet"
  done < <("$stage/usr/bin/busybox" --list)
  cat >"$tree/etc/passwd" <<'PASSWD'
root:x:0:0:root:/root:/bin/sh
redis:x:999:999::/data:/bin/sh
mysql:x:998:998::/var/lib/mysql:/bin/sh
www-data:x:33:33::/var/www:/bin/sh
nobody:x:65534:65534::/:/bin/false
PASSWD
  printf '%s\n' root:x:0: redis:x:999: mysql:x:998: www-data:x:33: nogroup:x:65534: >"$tree/etc/group"
  printf 'hosts: files dns\n' >"$tree/etc/nsswitch.conf"
  printf 'PRETTY_NAME="Dockwright test image (Debian programs)"\nID=debian\n' >"$tree/etc/os-release"
}

tree_of_redis() { install -d -o 999 -g 999 "$1/data"; }

tree_of_mariadb() {
  local tree=$1 part
  for part in english charsets; do
    mkdir -p "$tree/usr/share/mysql"
    cp -a "$stage/usr/share/mysql/$part" "$tree/usr/share/mysql/"
  done
  find "$stage/usr/share/mysql" -maxdepth 1 -type f -exec cp -a {} "$tree/usr/share/mysql/" \;
  mkdir -p "$tree"/etc/mysql/conf.d "$tree/docker-entrypoint-initdb.d" "$tree/usr/lib/mysql/plugin"
  ln -s mariadb "$tree/usr/bin/mysql"
  ln -s mariadb-dump "$tree/usr/bin/mysqldump"
  ln -s mysql/my.cnf "$tree/etc/my.cnf"
  install -d -o 998 -g 998 "$tree/var/lib/mysql" "$tree/run/mysqld"
}

tree_of_nginx() {
  local tree=$1
  mkdir -p "$tree/usr/share/nginx/html" "$tree/var/log/nginx" "$tree/var/lib/nginx" "$tree/etc/nginx/conf.d"
  cp "$stage/etc/nginx/mime.types" "$tree/etc/nginx/"
  ln -s /dev/stdout "$tree/var/log/nginx/access.log"
  ln -s /dev/stderr "$tree/var/log/nginx/error.log"
}

build() {
  local name=$1 context=$folder/context-$1 previous
  previous=$(docker image inspect --format '{{.Id}}' "${tag[$name]}" 2>/dev/null) || previous=
  rm -rf "$context"
  mkdir -p "$context/tree"
  # shellcheck disable=SC2086
  add_programs "$context/tree" ${programs[$name]}
  "tree_of_$name" "$context/tree"
  tar --directory "$context/tree" --numeric-owner --create --file "$context/tree.tar" .
  rm -rf "$context/tree"
  cp -a "$here/images/$name/." "$context/"
  # The classic builder: BuildKit would ask a registry about the base image.
  DOCKER_BUILDKIT=0 docker build --quiet --label "$recipe_label=$(recipe "$name")" --tag "${tag[$name]}" "$context" \
    >/dev/null 2>"$folder/build.log" || {
    cat "$folder/build.log" >&2
    return 1
  }
  rm -rf "$context"
  # The image that had this name goes, unless a container still uses it.
  [[ -z $previous ]] || docker image rm "$previous" >/dev/null 2>&1 || true
  say "built ${tag[$name]}"
}

# --- what is asked for --------------------------------------------------------------------------------------------------

names=("$@")
((${#names[@]})) || names=(busybox redis mariadb nginx)
absent=()
for name in "${names[@]}"; do
  [[ -n ${tag[$name]:-} ]] || { printf 'images.sh: there is no image "%s"\n' "$name" >&2; exit 2; }
  is_present "$name" || absent+=("$name")
done

if ((${#absent[@]})); then
  wanted=()
  for name in "${absent[@]}"; do wanted+=("${tag[$name]}"); done
  if ((EUID != 0)) || ! may_install; then
    missing "the images ${wanted[*]}" "Pull them:  docker pull IMAGE" 'Or build them on Debian or Ubuntu as root: test/setup/images.sh'
  fi
  # The base of the other three.
  [[ " ${absent[*]} " == *' busybox '* ]] || is_present busybox || absent=(busybox "${absent[@]}")
  needed=(util-linux libc-bin busybox)
  for name in "${absent[@]}"; do read -ra more <<<"${package[$name]}"; needed+=("${more[@]}"); done
  mkdir -p "$folder"
  download "${needed[@]}" 2>/dev/null || { as_root apt-get update -qq && download "${needed[@]}"; }
  unpack
  say "unpacked $(wc -l <"$folder/uris") packages"
  for name in "${absent[@]}"; do build "$name"; done
  rm -rf "$stage"
fi

# Only images that this script made get the other names, and only names that nothing has yet.
for name in "${!alias[@]}"; do
  docker image inspect "${alias[$name]}" >/dev/null 2>&1 && continue
  made_here "$name" && docker tag "${tag[$name]}" "${alias[$name]}"
done
printf 'IMAGES=%s\n' "${names[*]}"
