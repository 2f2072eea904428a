// The script for fish, 3.0 and later.

import { endingsOf } from '../../command/file-kinds.ts';
import type { ValueKind } from '../../command/spec.ts';
import { type CommandTable, type FlagRow, subcommands, topLevel, valued } from './table.ts';

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Generates the script. */
export function fishScript({ program, later, commands }: CommandTable): string {
  // Another command follows them, and the flags after that belong to it.
  const carriers = commands.filter((c) => c.wraps);
  const groups = subcommands(commands);
  const pairs = [...groups].flatMap(([group, seconds]) => seconds.map((second) => quote(`${group} ${second}`)));
  const out: string[] = [
    `# fish completion of dmctl. In ~/.config/fish/config.fish: dmctl completion fish | source

# The command among the words before the cursor; nothing if there is none yet.
function __dmctl_command
    set -l words (commandline -opc)
    set -l skip 0
    set -l wrapper
    set -l group
    for word in $words[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        if contains -- "$group $word" ${pairs.join(' ')}
            echo -- "$group $word"
            return
        end
        switch $word
            case '-*=*'
            case ${valued([...program, ...carriers.flatMap((c) => c.flags)])
              .flatMap((f) => f.words)
              .join(' ')}
                set skip 1
            case '-*'
            case ${carriers.map((c) => c.name).join(' ')}
                if test -n "$wrapper"
                    break
                end
                set wrapper $word
            case ${[...groups.keys()].join(' ')}
                set group $word
            case '*'
                echo -- $word
                return
        end
    end
    if test -n "$group"
        echo -- $group
    else if test -n "$wrapper"
        echo -- $wrapper
    end
end

function __dmctl_before
    not string length -q -- (__dmctl_command)
end

function __dmctl_after
    string length -q -- (__dmctl_command)
end

function __dmctl_in
    set -l command (__dmctl_command)
    test -n "$command"; and contains -- $command $argv
end

# Asks dmctl for the names of tasks, workers and locks. Returns nothing if the DM-master cannot be reached.
function __dmctl_live
    set -l words (commandline -opc)
    $words[1] __complete -- $words[2..-1] (commandline -ct) 2>/dev/null </dev/null
end

# Files with one of the endings (yaml|yml), and folders. All files if nothing fits.
function __dmctl_files
    set -l all (__fish_complete_path (commandline -ct))
    set -l fitting (string match -r -i -- '^[^\\t]*(?:/|\\.(?:'$argv[1]'))(?:\\t.*)?$' $all)
    if test (count $fitting) -gt 0
        printf '%s\\n' $fitting
    else
        printf '%s\\n' $all
    end
end

complete -c dmctl -e
complete -c dmctl -f
`,
  ];
  const value = (kind: ValueKind | undefined): string => {
    if (typeof kind === 'object') return ` -x -a ${quote(kind.oneOf.join(' '))}`;
    if (endingsOf(kind) !== undefined) return ' -r -F';
    return kind === undefined || kind === 'none' ? ' -x' : " -x -a '(__dmctl_live)'";
  };
  const flag = (where: string, { spec, about, words }: FlagRow, old: boolean): string => {
    const short = spec.short ? ` -s ${spec.short}` : old && spec.name.length === 1 ? ` -s ${spec.name}` : '';
    const long = spec.name.length > 1 ? ` -l ${spec.name}${old && words.length > 1 ? ` -o ${spec.name}` : ''}` : '';
    return `complete -c dmctl -n ${where}${short}${long}${spec.kind === 'bool' ? '' : value(spec.values)} -d ${quote(about)}\n`;
  };
  const none = '__dmctl_before';
  for (const row of program) out.push(flag(none, row, true));
  for (const c of topLevel(commands)) out.push(`complete -c dmctl -n ${none} -a ${c.name} -d ${quote(c.about)}\n`);
  for (const row of later) out.push(flag('__dmctl_after', row, false));
  for (const c of commands) {
    const where = quote(`__dmctl_in "${c.name}"`);
    for (const row of c.flags) out.push(flag(where, row, false));
    const [kind] = c.kinds;
    const endings = endingsOf(kind);
    if (endings?.length === 0) out.push(`complete -c dmctl -n ${where} -F\n`);
    else if (endings) out.push(`complete -c dmctl -n ${where} -a ${quote(`(__dmctl_files ${quote(endings.join('|'))})`)}\n`);
    else if (kind !== undefined) out.push(`complete -c dmctl -n ${where}${value(kind).replace(' -x', '')}\n`);
  }
  return out.join('');
}
