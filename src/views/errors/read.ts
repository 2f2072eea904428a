export function readDmError(text: string): { checkDetail?: string } {
  const found = /detail: (\{[\s\S]*?\n\t\}\n?\}|\{[\s\S]*\n\})/.exec(text);
  return found ? { checkDetail: found[1] as string } : {};
}
