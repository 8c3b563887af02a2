# blueedge: completion for zsh
_blueedge() {
  local -a found
  found=("${(@f)$(blueedge "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
  compadd -a found || _files
}
compdef _blueedge blueedge
