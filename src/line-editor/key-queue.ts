// A queue of keys that are not processed yet. It avoids Array.shift(), which moves all other elements.

import type { Key } from './reduce-key.ts';

export class KeyQueue {
  private keys: Key[] = [];
  private taken = 0;

  get empty(): boolean {
    return this.taken === this.keys.length;
  }

  add(key: Key): void {
    this.keys.push(key);
  }

  /** Takes the next key. The queue must not be empty. */
  take(): Key {
    const key = this.keys[this.taken] as Key;
    this.taken += 1;
    if (this.empty) this.clear();
    return key;
  }

  /** Puts a key at the front of the queue. */
  putBack(key: Key): void {
    if (this.taken === 0) this.keys.unshift(key);
    else {
      this.taken -= 1;
      this.keys[this.taken] = key;
    }
  }

  clear(): void {
    this.keys = [];
    this.taken = 0;
  }
}
