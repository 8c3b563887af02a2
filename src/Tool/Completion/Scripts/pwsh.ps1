# blueedge: completion for PowerShell
Register-ArgumentCompleter -Native -CommandName blueedge -ScriptBlock {
  param($word, $command, $position)
  blueedge "[suggest:$position]" "$command" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
