// Plain values, as they can be shown in any form.

import type { View } from '../presenters/view.ts';
import { goJson } from './json/go-json.ts';
import type { Renderable } from './renderer.ts';

/** One value. */
export function renderableValue(value: unknown, view: () => View): Renderable {
  return { json: () => [goJson(value)], value: () => value, view };
}

/** A list of values, each of which is a line of its own in -output jsonl. */
export function renderableList(values: readonly unknown[], view: () => View): Renderable {
  return { ...renderableValue(values, view), lines: () => values };
}
