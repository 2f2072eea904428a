// Comments that disable rules for their line: `# dmctl-lint-disable-line unknown-key, wrong-type`.

import type { LineIndex } from '../document.ts';
import type { Finding } from './finding.ts';

const COMMENT = /#\s*dmctl-lint-disable-line\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)/;

/** The findings that no comment disables. */
export function suppressed(findings: readonly Finding[], lines: LineIndex): Finding[] {
  return findings.filter(({ line, rule }) => {
    const [, rules = ''] = COMMENT.exec(lines.line(line)) ?? [];
    return !rules.split(',').some((name) => name.trim() === rule);
  });
}
