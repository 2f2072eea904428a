// The script for PowerShell, 5 and later. If it has no candidates, PowerShell offers files.

import { byEndings, type CommandTable, subcommands, topLevel, valued, valueWays } from './table.ts';

/** The characters that PowerShell treats as a single quote. In a quoted text, each is doubled. */
const QUOTES = /['\u2018-\u201b]/g;

/** A text in single quotes, as PowerShell reads it. */
export const quote = (text: string): string => `'${text.replace(QUOTES, '$&$&')}'`;

/** Generates the script. */
export function powershellScript({ program, later, commands }: CommandTable): string {
  const list = (words: readonly string[]): string => `@(${words.map(quote).join(', ')})`;
  const rows = (entries: readonly (readonly [string, string])[], pad: string): string =>
    entries.map(([word, about]) => `${pad}@(${quote(word)}, ${quote(about)})\n`).join('');
  const flags = (rowsOf: CommandTable['program']): (readonly [string, string])[] =>
    rowsOf.flatMap((f) => f.words.map((w) => [w, f.about] as const));
  // Another command follows them, and the flags after that belong to it.
  const carriers = commands.filter((c) => c.wraps);
  const before = [...valued(program), ...valued(carriers.flatMap((c) => c.flags))].flatMap((f) => f.words);
  return `# PowerShell completion of dmctl. In $PROFILE: dmctl completion powershell | Out-String | Invoke-Expression

$__dmctlCommands = @(
${rows(
  topLevel(commands).map((c) => [c.name, c.about] as const),
  '    ',
)})
$__dmctlProgram = @(
${rows(flags(program), '    ')})
$__dmctlFlags = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal)
${commands.map((c) => `$__dmctlFlags[${quote(c.name)}] = @(\n${rows(flags([...c.flags, ...later]), '    ')})\n`).join('')}$__dmctlValued = ${list(before)}
$__dmctlCarriers = ${list(carriers.map((c) => c.name))}
$__dmctlGroups = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal)
${[...subcommands(commands)].map(([name, seconds]) => `$__dmctlGroups[${quote(name)}] = ${list(seconds)}\n`).join('')}$__dmctlFileFlags = ${list(valueWays(program).files)}
$__dmctlFileCommands = ${list((byEndings(commands).get('') ?? []).map((c) => c.name))}

Register-ArgumentCompleter -Native -CommandName dmctl -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @()
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $before += $element.Value }
        else { $before += $element.Extent.Text }
    }
    $command = ''
    $skip = $false
    foreach ($word in $before) {
        if ($skip) { $skip = $false; continue }
        if ($__dmctlValued -ccontains $word) { $skip = $true; continue }
        if ($word.StartsWith('-')) { continue }
        if ($__dmctlGroups[$command] -ccontains $word) { $command = "$command $word"; break }
        $wrapped = $command -ne ''
        $command = $word
        if ($__dmctlGroups.ContainsKey($word)) { continue }
        if ($wrapped -or $__dmctlCarriers -cnotcontains $word) { break }
    }
    $typed = $wordToComplete -replace '^[''"\\u2018-\\u201e]|[''"\\u2018-\\u201e]$', ''
    if ($before.Count -gt 0 -and $__dmctlFileFlags -ccontains $before[-1]) { return }
    $rows = @()
    if ($typed.StartsWith('-') -and -not $typed.Contains('=')) {
        if ($command -eq '') { $rows = $__dmctlProgram } else { $rows = $__dmctlFlags[$command] }
    }
    elseif ($command -eq '' -and -not $skip) { $rows = $__dmctlCommands }
    elseif ($__dmctlGroups.ContainsKey($command)) { $rows = @($__dmctlGroups[$command] | ForEach-Object { , @($_, $_) }) }
    elseif ($__dmctlFileCommands -ccontains $command -and ($before.Count -eq 0 -or -not $before[-1].StartsWith('-'))) { return }
    else {
        # Asks dmctl for the names of tasks, workers and locks, and for files with certain endings. Returns nothing if the DM-master cannot be reached.
        $program = $commandAst.CommandElements[0].Value
        $last = if ($typed -eq '' -and $PSVersionTable.PSVersion.Major -lt 7) { '""' } else { $typed }
        $rows = @(& $program __complete '--' @before $last 2>$null | ForEach-Object { , @($_, $_) })
    }
    foreach ($row in $rows) {
        $text = $row[0]
        $plain = $typed -eq '' -or $text.StartsWith($typed, [System.StringComparison]::Ordinal)
        if (-not $plain) { continue }
        # PowerShell treats typographic quotes and dashes like ASCII ones.
        $shown = if ($text -cmatch '^[\\p{L}\\p{N}_./:=+-]+$') { $text } else { "'" + ($text -replace '[''\\u2018-\\u201b]', '$0$0') + "'" }
        [System.Management.Automation.CompletionResult]::new($shown, $text, 'ParameterValue', $row[1])
    }
}
`;
}
