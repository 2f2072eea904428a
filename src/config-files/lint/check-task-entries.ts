// Entries of sections without content.

import type { Span } from '../document.ts';
import type { LintContext } from './finding.ts';

/** Reports an entry without content. `code`: the error of a master, empty if it crashes; undefined if the entry is only useless. */
export function emptyEntry(context: LintContext, span: Span, path: string, code: string | undefined): void {
  const crashes = code === '' ? '. A DM-master of this release crashes' : '';
  context.report(code === undefined ? 'warning' : 'error', 'empty-entry', span, path, `${path} has no content${crashes}`, {
    fix: 'write its keys, or remove it',
    code,
  });
}
