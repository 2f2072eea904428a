// Patterns of names: `*` stands for any number of characters, `?` for one. A bracket is one of the name's own letters.

/** Whether a name is a pattern. */
export const isGlob = (name: string): boolean => /[*?]/.test(name);

/**
 * What tells whether a whole name matches a pattern. It never goes back further than to the last `*`: the time is at most
 * the length of the name times that of the pattern.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  const glob = [...pattern];
  return (name) => {
    const text = [...name];
    let [at, next] = [0, 0];
    /** The last `*`, and up to where it has taken the name. */
    let [star, taken] = [-1, 0];
    while (at < text.length) {
      if (glob[next] === '*') {
        star = next;
        taken = at;
        next += 1;
      } else if (next < glob.length && (glob[next] === '?' || glob[next] === text[at])) {
        next += 1;
        at += 1;
      } else if (star >= 0) {
        taken += 1;
        at = taken;
        next = star + 1;
      } else return false;
    }
    while (glob[next] === '*') next += 1;
    return next === glob.length;
  };
}
