# Sourced by what needs a program that a machine may not have: installs Debian packages where that is allowed.

# Installs packages for somebody: `debian_install "chromium for the browser tests" chromium fonts-dejavu-core`. Fails
# without a word where there is no apt-get, or no leave to use it; whoever calls says what is missing.
debian_install() {
  local what=$1 as_root=()
  shift
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  echo "Installing Debian's $what; this happens once." >&2
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}
