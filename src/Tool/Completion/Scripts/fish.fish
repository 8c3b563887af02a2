# blueedge: completion for fish
complete -c blueedge -a '(blueedge "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
