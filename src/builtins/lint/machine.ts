// Findings for other tools: SARIF 2.1.0, and annotations of GitHub Actions.

import { RULES } from '../../config-files/lint/rules.ts';
import { build } from '../../platform/version.ts';
import type { Checked } from './run.ts';

const messageOf = ({ message, fix }: { readonly message: string; readonly fix: string }): string =>
  fix === '' ? message : `${message}. To fix it: ${fix}`;

/** The findings as SARIF. */
export function sarifText(checked: readonly Checked[]): string {
  const results = checked.flatMap(({ file, findings }) =>
    findings.map((finding) => ({
      ruleId: finding.rule,
      level: finding.severity,
      message: { text: messageOf(finding) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) },
            region: { startLine: finding.line, startColumn: finding.column, endLine: finding.line, endColumn: finding.endColumn },
          },
        },
      ],
      properties: { path: finding.path, code: finding.code },
    })),
  );
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  const driver = { name: 'dmctl lint', semanticVersion: build.version.replace(/^v/, ''), rules };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'unicodeCodePoints', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const escapeText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The findings as commands of GitHub Actions, one per line. */
export function githubText(checked: readonly Checked[]): string {
  return checked
    .flatMap(({ file, findings }) =>
      findings.map((finding) => {
        const { severity, line, column, endColumn, rule, code } = finding;
        const title = code === '' ? rule : `${rule} (${code})`;
        const place = `file=${escapeProperty(file)},line=${line},col=${column},endColumn=${endColumn},title=${escapeProperty(title)}`;
        return `::${severity} ${place}::${escapeText(messageOf(finding))}\n`;
      }),
    )
    .join('');
}
