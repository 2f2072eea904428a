// Plain values that can be shown in any format.

import type { View } from '../presenters/view.ts';
import { goJson } from './json/go-json.ts';
import type { Renderable } from './renderer.ts';

/** One value. */
export function renderableValue(value: unknown, view: () => View): Renderable {
  return { json: () => [goJson(value)], value: () => value, view };
}

/** A list of values. Each is one line in -output jsonl. */
export function renderableList(values: readonly unknown[], view: () => View): Renderable {
  return { ...renderableValue(values, view), lines: () => values };
}
