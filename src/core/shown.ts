// Plain values, as they can be shown in any form.

import { goJson } from '../print/gojson.ts';
import type { View } from '../views/shape.ts';
import type { Shown } from './show.ts';

/** One value. */
export function shownValue(value: unknown, view: () => View): Shown {
  return { json: () => [goJson(value)], value: () => value, view };
}

/** A list of values, each of which is a line of its own in -output jsonl. */
export function shownValues(values: readonly unknown[], view: () => View): Shown {
  return { ...shownValue(values, view), lines: () => values };
}
