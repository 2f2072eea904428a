// Name patterns: `*` matches any number of characters, `?` matches one. Brackets are ordinary characters.

/** Whether a name is a pattern. */
export const isGlob = (name: string): boolean => /[*?]/.test(name);

/**
 * Returns a function that tests whether a whole name matches a pattern. It backtracks only to the last `*`, so the time is at
 * most the length of the name times that of the pattern.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  const glob = [...pattern];
  return (name) => {
    const text = [...name];
    let [at, next] = [0, 0];
    /** The position of the last `*`, and the end of what it has matched in the name. */
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
