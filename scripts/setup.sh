# What the scripts share; sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# require COMMAND=PACKAGE…: installs the Debian packages of the commands that are missing, or says how to.
require() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -eq 0 ] && return

  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  if ! command -v apt-get >/dev/null || { [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
    echo "Missing: ${missing[*]}. Install these packages with your system's package manager, then run this again." >&2
    exit 1
  fi

  echo "Installing ${missing[*]} (apt-get) …"
  if ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq "${missing[@]}"; } >/dev/null; then
    echo "apt-get could not install: ${missing[*]}. Run 'apt-get install ${missing[*]}' as root, then run this again." >&2
    exit 1
  fi
}

# require_dotnet: the SDK that global.json names comes from outside Debian, so this only says how to get it.
require_dotnet() {
  if ! command -v dotnet >/dev/null || ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
    echo "The .NET SDK 10 is missing. Install it (https://dotnet.microsoft.com/download), put dotnet on the PATH, then run this again." >&2
    exit 1
  fi
}

# require_client: builds clients/typescript for the pages that use it, unless what is built is newer than all it is made of.
require_client() {
  local client=$root/clients/typescript log
  require node=nodejs npm=npm
  [ -f "$client/dist/blueedge-client.js" ] && [ -z "$(find "$client/src" "$client/build" "$client/package-lock.json" -newer "$client/dist/blueedge-client.js" -print -quit)" ] && return

  echo "Building clients/typescript …"
  log=$(mktemp)
  { npm --prefix "$client" ci && npm --prefix "$client" run build; } >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  rm -f "$log"
}

# require_prometheus: installs Debian's Prometheus where it can; it is for tests, and the service that comes with it is not to run.
# Without it the tests that want it are skipped.
require_prometheus() {
  command -v promtool >/dev/null && return
  (require promtool=prometheus) || { echo "There is no Prometheus: what needs it is skipped."; return; }
  ! command -v systemctl >/dev/null || systemctl disable --now prometheus >/dev/null 2>&1 || true
}
