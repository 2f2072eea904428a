// Which build this is. The constants are filled in by the build.

declare const BUILD: { readonly version: string; readonly hash: string; readonly branch: string; readonly time: string } | undefined;

const unknown = { version: 'v0.0.0', hash: 'unknown', branch: 'unknown', time: 'unknown' };

export const build = typeof BUILD === 'undefined' ? unknown : BUILD;

/** The block that -V prints and the prompt begins with. */
export function versionText(runtime: string): string {
  return [
    `Release Version: ${build.version}\n`,
    `Git Commit Hash: ${build.hash}\n`,
    `Git Branch: ${build.branch}\n`,
    `UTC Build Time: ${build.time}\n`,
    `Node Version: ${runtime}\n\n`,
  ].join('');
}
