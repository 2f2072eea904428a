// docs/errors.md, made from the table of error codes: a pure function, and a script that writes the page.
//   node tools/error-page.mjs

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text with Markdown's special characters escaped. */
const plain = (text) => text.trim().replace(/[<>|*_`[\]\\]/g, (c) => `\\${c}`);

function entryOf({ code, title, next, commands = [] }) {
  const typed = commands.length > 0 ? `\n\`\`\`\n${commands.map((c) => `${c}\n`).join('')}\`\`\`\n` : '';
  return `#### ${code}: ${plain(title)}\n\n${next.map((n) => `- ${plain(n)}\n`).join('')}${typed}`;
}

/**
 * Formats the page.
 * @typedef {{code: number, title: string, next: readonly string[], commands?: readonly string[]}} Entry
 * @typedef {{from: number, to: number, name: string, title: string, next: readonly string[]}} Range
 * @param {readonly {name: string, codes: readonly Entry[], ranges: readonly Range[]}[]} generations
 * @returns {string}
 */
export function errorPage(generations) {
  return `# Error codes

<!-- made by tools/error-page.mjs from the folders errors of src/dialects -->

The error codes that users of dmctl see: what they mean and what to do. \`dmctl explain 10006\` prints the same text.
\`explain '<text of an error>'\` and \`dmctl explain -\` describe a whole error, or all errors of an answer:
\`dmctl query-status test | dmctl explain -\`. The commands on this page are for the prompt. Replace placeholders such as
\`<task>\`: dmctl rejects them. With a DM-master, \`explain\` uses the table of its generation.

${generations.map(({ name, codes, ranges }) => `## ${name}\n\n${sectionsOf(codes, ranges).join('\n')}`).join('\n')}`;
}

function sectionsOf(codes, ranges) {
  return ranges.map(({ from, to, name, title, next }) => {
    const entries = codes.filter((c) => from <= c.code && c.code <= to).map(entryOf);
    const advice = next.length > 0 ? ` What to do: ${next.map((n) => plain(n).replace(/\.$/, '')).join('; ')}.` : '';
    return [`### ${from} to ${to}: ${plain(name)}\n\nAll codes of this range: ${plain(title)}.${advice}\n`, ...entries].join('\n');
  });
}

/** The codes and ranges of a generation, from its sources. */
async function tableOf(generation) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  const { default: esbuild } = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(root, `src/dialects/${generation}/errors/codes.ts`)],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const { CODES, RANGES } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  return { codes: CODES, ranges: RANGES };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const generations = [
    { name: 'DM 1.0', ...(await tableOf('v1')) },
    { name: 'DM 2.0 and later', ...(await tableOf('v2')) },
  ];
  fs.writeFileSync(path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'docs/errors.md'), errorPage(generations));
}
