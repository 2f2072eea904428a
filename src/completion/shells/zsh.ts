// The script for zsh, 5.0 and later.

import { byEndings, type CommandTable, type FlagRow, joinCases, shellQuote, topLevel, valued, valueWays, withPatterns } from './table.ts';

const described = (rows: readonly (readonly [word: string, about: string])[], pad: string): string =>
  rows.map(([word, about]) => `${pad}${shellQuote(`${word.replaceAll(':', '\\:')}:${about}`)}\n`).join('');

const flagRows = (flags: readonly FlagRow[]): (readonly [string, string])[] =>
  flags.flatMap((f) => f.words.map((w) => [w, f.about] as const));

/** Generates the script. */
export function zshScript({ program, later, commands: all }: CommandTable): string {
  const commands = withPatterns(all);
  const before = valueWays(program);
  const cases = (prefix: string, list: readonly string[]): string => list.map((w) => `${prefix}${w}`).join(' | ');
  const words = (flags: readonly FlagRow[]): string[] => flags.flatMap((f) => f.words);
  const own = commands.flatMap((c) => words(valued(c.flags)).map((w) => `${c.name}:${w}`));
  const live = commands.flatMap((c) => valueWays(c.flags).live.map((w) => `${c.name}:${w}`));
  const out: string[] = [
    `#compdef dmctl
# zsh completion of dmctl. In ~/.zshrc, after compinit: source <(dmctl completion zsh)

# Asks dmctl for the names of tasks, workers and locks. Returns nothing if the DM-master cannot be reached.
_dmctl_live() {
  local -a found
  found=(\${(f)"$("\${(Q)words[1]/#\\~\\//$HOME/}" __complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)"})
  (( $#found )) && compadd -U -- $found
}

_dmctl() {
  local word cmd='' prev='' skip=''
  local -a rows
  integer i
  for ((i = 2; i < CURRENT; i++)); do
    word=\${(Q)words[i]}
    prev=''
    if [[ -n $skip ]]; then
      skip=''
      continue
    fi
    case $cmd:$word in
      *:-*=*) ;;
      ${cases(':', words(valued(program)))} | ${cases('*:', words(valued(later)))}) skip=1 prev=$word ;;
      ${own.join(' | ')}) skip=1 prev=$word ;;
`,
  ];
  out.push(`      *:-*) ;;
${joinCases(all, 'cmd')}      ${cases('', [':*', ...commands.flatMap((c) => (c.wraps ? [`${c.name}:*`] : []))])}) cmd=$word ;;
    esac
  done

  case $cmd:$prev in
    ${cases('*:', before.files)}) _files; return ;;
`);
  // Before the lists: after some commands, a letter of the program is a flag of the command.
  out.push(`    ${[...before.live.map((w) => `*:${w}`), ...live].join(' | ')}) _dmctl_live; return ;;\n`);
  for (const { words: flags, oneOf } of before.lists) out.push(`    ${cases('*:', flags)}) compadd -- ${oneOf.join(' ')}; return ;;\n`);
  for (const c of commands) {
    for (const { words: flags, oneOf } of valueWays(c.flags).lists) {
      out.push(`    ${cases(`${c.name}:`, flags)}) compadd -- ${oneOf.join(' ')}; return ;;\n`);
    }
  }
  out.push(`    *:-*) return 1 ;;
  esac

  case $cmd:$words[CURRENT] in
    *:-*=*) _dmctl_live ;;
    :-*)
      rows=(
${described(flagRows(program), '        ')}      )
      _describe -t flags flag rows
      ;;
`);
  for (const c of commands) {
    out.push(`    ${c.name}:-*)
      rows=(
${described(flagRows([...c.flags, ...later]), '        ')}      )
      _describe -t flags flag rows
      ;;
`);
  }
  out.push(`    :*)
      rows=(
${described(
  topLevel(all).map((c) => [c.name, c.about] as const),
  '        ',
)}      )
      _describe -t commands command rows
      ;;
`);
  for (const c of commands) {
    const [kind] = c.kinds;
    if (typeof kind === 'object') out.push(`    ${c.name}:*) compadd -- ${kind.oneOf.join(' ')} ;;\n`);
  }
  // _files offers folders too, and other files only if nothing fits.
  for (const [endings, takers] of byEndings(commands)) {
    const names = takers.map((c) => `${c.name}:*`);
    out.push(
      `    ${cases('', names)}) _files${
        endings === ''
          ? ''
          : ` -g ${shellQuote(
              endings
                .split('|')
                .map((ending) => `*.${ending}`)
                .join(' '),
            )}`
      } ;;\n`,
    );
  }
  out.push(`    *) _dmctl_live ;;
  esac
}

if [[ $funcstack[1] == _dmctl ]]; then
  _dmctl "$@"
else
  compdef _dmctl dmctl
fi
`);
  return out.join('');
}
