// docs/errors.md, made from the table of error codes: a pure function, and a script that writes the page.
//   node tools/error-page.mjs

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text with Markdown's special characters escaped. */
const plain = (text) => text.trim().replace(/[<>|*_`[\]\\]/g, (c) => `\\${c}`);

function entryOf({ code, title, next, commands = [] }) {
  const typed = commands.length > 0 ? `\n\`\`\`\n${commands.map((c) => `${c}\n`).join('')}\`\`\`\n` : '';
  return `### ${code}: ${plain(title)}\n\n${next.map((n) => `- ${plain(n)}\n`).join('')}${typed}`;
}

/**
 * Formats the page.
 * @param {readonly {code: number, title: string, next: readonly string[], commands?: readonly string[]}[]} codes
 * @param {readonly {from: number, to: number, name: string, title: string, next: readonly string[]}[]} ranges
 * @returns {string}
 */
export function errorPage(codes, ranges) {
  const sections = ranges.map(({ from, to, name, title, next }) => {
    const entries = codes.filter((c) => from <= c.code && c.code <= to).map(entryOf);
    const head = `## ${from} to ${to}: ${plain(name)}\n\nAll codes of this range: ${plain(title)}. What to do: ${next.map(plain).join('; ')}.\n`;
    return [head, ...entries].join('\n');
  });
  return `# Error codes

<!-- made by tools/error-page.mjs from src/dialects/v1/errors/codes.ts -->

The error codes that users of dmctl see: what they mean and what to do. \`dmctl explain 10006\` prints the same text.
\`explain '<text of an error>'\` and \`dmctl explain -\` describe a whole error, or all errors of an answer:
\`dmctl query-status test | dmctl explain -\`. The commands on this page are for the prompt. Replace placeholders such as
\`<task>\`: dmctl rejects them.

${sections.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const { default: esbuild } = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(root, 'src/dialects/v1/errors/codes.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const { CODES, RANGES } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  fs.writeFileSync(path.join(root, 'docs/errors.md'), errorPage(CODES, RANGES));
}
