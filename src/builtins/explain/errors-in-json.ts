// Finds the errors in a pasted or piped JSON answer, with their context: worker, task, position and lock.

import { readDmError } from '../../domain/dm-error.ts';
import type { ErrorCatalog } from '../../domain/error-catalog.ts';
import type { Values } from '../../text/suggested-command.ts';

/** The distinct errors, each with the context of its occurrences. Undefined for text that is not JSON. */
export function errorsInJson(text: string, catalog: ErrorCatalog): Map<string, Values[]> | undefined {
  if (!text.startsWith('{') && !text.startsWith('[{')) return undefined;
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = new Map<string, Values[]>();
  // An answer may be nested deeper than the call stack allows.
  const open: { value: unknown; known: Values }[] = [{ value: whole, known: {} }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, known } = next;
    if (typeof value === 'string' && isError(value, catalog)) found.set(value, [...(found.get(value) ?? []), known].slice(0, MAX_CASES));
    if (typeof value !== 'object' || value === null) continue;
    const around = Array.isArray(value) ? known : { ...known, ...contextOf(value as Readonly<Record<string, unknown>>) };
    for (const child of Object.values(value).reverse()) open.push({ value: child, known: around });
  }
  return found;
}

/** How many occurrences of one error to keep. */
const MAX_CASES = 20;

const isError = (text: string, catalog: ErrorCatalog): boolean =>
  text.includes('[code=') || catalog.adviceOf(readDmError(text))?.of === 'text';

/** The fields of an object by the placeholders that they fill in commands. */
function contextOf(object: Readonly<Record<string, unknown>>): Values {
  const name = 'stage' in object ? object.name : undefined; // of a sub task
  const values = {
    worker: object.worker,
    task: object.task ?? name,
    position: object.failedBinlogPosition,
    lock: object.unresolvedDDLLockID ?? object.ddlLock ?? object.ID,
  };
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}
