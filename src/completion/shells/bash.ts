// The script for bash, 3.2 and later.

import { byEndings, type CommandTable, type FlagRow, joinCases, shellQuote, topLevel, valued, valueWays, withPatterns } from './table.ts';

const HEAD = `# bash completion of dmctl. In ~/.bashrc: source <(dmctl completion bash)

# The words up to the cursor in _dmctl_list. bash splits words at : and =, which occur in addresses and flags.
_dmctl_words() {
  local i piece joined='' n=-1
  _dmctl_list=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    if [[ -n $joined && -z $piece && \${COMP_LINE:COMP_POINT-1:1} == [[:space:]] ]]; then joined=''; fi
    if ((n > 0)) && [[ -n $joined || ( -n $piece && -z \${piece//[:=]/} ) ]]; then
      _dmctl_list[n]+=$piece
    else
      n=$((n + 1))
      _dmctl_list[n]=$piece
    fi
    if [[ -n $piece && -z \${piece//[:=]/} ]]; then joined=1; else joined=''; fi
  done
}

# A word without its quotes.
_dmctl_plain() {
  _dmctl_word=$1
  case $1 in
    \\'*) _dmctl_word=\${1#?} _dmctl_word=\${_dmctl_word%\\'} ;;
    \\"*) _dmctl_word=\${1#?} _dmctl_word=\${_dmctl_word%\\"} ;;
    *) _dmctl_word=\${1//\\\\/} ;;
  esac
}

# Files with one of the endings in $2 (yaml|yml), and folders. All files if there is no ending, or if nothing fits.
_dmctl_files() {
  local IFS=$'\\n' ending name
  compopt -o filenames 2>/dev/null
  COMPREPLY=()
  for ending in \${2//|/$IFS}; do
    while IFS= read -r name; do
      if [[ ! -d $name ]]; then COMPREPLY+=("$name"); fi
    done < <(compgen -f -X "!*.$ending" -- "$1")
  done
  if [[ -n $2 ]]; then COMPREPLY+=($(compgen -d -- "$1")); fi
  if ((\${#COMPREPLY[@]} == 0)); then COMPREPLY=($(compgen -f -- "$1")); fi
}

# Asks dmctl for the names of tasks, workers and locks. Returns nothing if the DM-master cannot be reached.
_dmctl_live() {
  local cur=$1 word cut='' found plain=()
  for word in "\${_dmctl_list[@]:1}"; do
    _dmctl_plain "$word"
    plain+=("$_dmctl_word")
  done
  if [[ $COMP_WORDBREAKS == *:* && $cur == *:* ]]; then cut=\${cur%"\${cur##*:}"}; fi
  if [[ $COMP_WORDBREAKS == *=* && \${cur#"$cut"} == *=* ]]; then cut=\${cur%"\${cur##*=}"}; fi
  _dmctl_plain "$cut"
  cut=$_dmctl_word
  while IFS= read -r found; do
    case $cur in
      \\'*) found=\${found//\\'/\\'\\\\\\'\\'} ;;
      \\"*) found=$(printf '%s' "$found" | sed -e 's/[\\\\$"\`]/\\\\&/g' -e "s/!/\\"'!'\\"/g") ;;
      *) found=$(printf '%q' "\${found#"$cut"}") found=\${found//\\\\,/,} ;;
    esac
    COMPREPLY+=("$found")
  done < <("\${_dmctl_list[0]/#\\~\\//$HOME/}" __complete -- "\${plain[@]}" 2>/dev/null </dev/null)
}

_dmctl() {
  local _dmctl_list _dmctl_word i word command='' skip='' cur prev n
  COMPREPLY=()
  _dmctl_words
  n=$((\${#_dmctl_list[@]} - 1))
  cur=\${_dmctl_list[n]}
  prev=''
  for ((i = 1; i < n; i++)); do
    word=\${_dmctl_list[i]}
    prev=''
    if [[ -n $skip ]]; then
      skip=''
      continue
    fi
    case $command:$word in
      *:-*=*) ;;
`;

/** Generates the script. */
export function bashScript({ program, later, commands: rows }: CommandTable): string {
  const commands = withPatterns(rows);
  const words = (flags: readonly FlagRow[]): string[] => flags.flatMap((f) => f.words);
  const cases = (prefix: string, list: readonly string[]): string => list.map((w) => `${prefix}${w}`).join(' | ');
  const reply = (list: readonly string[]): string => `COMPREPLY=($(compgen -W ${shellQuote(list.join(' '))} -- "$cur"))`;
  const branch = (name: string, list: readonly string[]): string => `        ${name}) ${reply(list)} ;;\n`;
  const own = commands.flatMap((c) => words(valued(c.flags)).map((w) => `${c.name}:${w}`));
  const live = commands.flatMap((c) => valueWays(c.flags).live.map((w) => `${c.name}:${w}`));
  const { files, lists, live: programLive } = valueWays(program);
  const fixed = lists.map(({ words: flags, oneOf }) => `    ${cases('*:', flags)}) ${reply(oneOf)}; return ;;\n`);
  const shared = words(later);
  for (const c of commands) {
    for (const { words: flags, oneOf } of valueWays(c.flags).lists) {
      fixed.push(`    ${cases(`${c.name}:`, flags)}) ${reply(oneOf)}; return ;;\n`);
    }
  }
  const listed = commands.flatMap(({ name, kinds: [kind] }) => (typeof kind === 'object' ? [branch(name, kind.oneOf)] : []));
  const fileCases = [...byEndings(commands)].map(
    ([endings, own]) =>
      `        ${cases(
        '',
        own.map((c) => c.name),
      )}) _dmctl_files "$cur" ${shellQuote(endings)} ;;\n`,
  );
  return `${HEAD}      ${cases(':', words(valued(program)))} | ${cases('*:', words(valued(later)))}) skip=1 prev=$word ;;
      ${own.join(' | ')}) skip=1 prev=$word ;;
      *:-*) ;;
${joinCases(rows, 'command')}      ${cases('', [':*', ...commands.flatMap((c) => (c.wraps ? [`${c.name}:*`] : []))])}) command=$word ;;
    esac
  done

  case $command:$prev in
    ${cases('*:', files)}) _dmctl_files "$cur"; return ;;
    ${[...programLive.map((w) => `*:${w}`), ...live].join(' | ')}) _dmctl_live "$cur"; return ;;
${fixed.join('')}    *:-*) return ;;
  esac

  case $cur in
    -*=*) _dmctl_live "$cur" ;;
    -*)
      case $command in
${branch("''", words(program))}${commands.map((c) => branch(c.name, [...words(c.flags), ...shared])).join('')}      esac
      ;;
    *)
      case $command in
${branch(
  "''",
  topLevel(rows).map((c) => c.name),
)}${listed.join('')}${fileCases.join('')}        *) _dmctl_live "$cur" ;;
      esac
      ;;
  esac
}

complete -F _dmctl dmctl
`;
}
