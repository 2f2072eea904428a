// Writes plain values as JSON in the layout of Go's encoding/json, indented by four spaces. An empty list stays on its line.

import { escapeJson } from './json-text.ts';

/** The text of the value and a line break. */
export function goJson(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : `[\n${value.map((v) => inner + write(v, inner)).join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const rows = Object.entries(value).map(([k, v]) => `${inner}"${escapeJson(k)}": ${write(v, inner)}`);
    return rows.length === 0 ? '{}' : `{\n${rows.join(',\n')}\n${indent}}`;
  }
  return typeof value === 'string' ? `"${escapeJson(value)}"` : String(value);
}
