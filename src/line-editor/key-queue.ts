// Keys that wait for their turn. Taking the first of an array with shift() would move all others.

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

  /** The next key, which has to be there. */
  take(): Key {
    const key = this.keys[this.taken] as Key;
    this.taken += 1;
    if (this.empty) this.clear();
    return key;
  }

  /** Puts a key before all others. */
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
