// The version of this build. The build sets the constants.

declare const BUILD: { readonly version: string; readonly hash: string; readonly branch: string; readonly time: string } | undefined;

const unknown = { version: 'v0.0.0', hash: 'unknown', branch: 'unknown', time: 'unknown' };

export const build = typeof BUILD === 'undefined' ? unknown : BUILD;

/** The version block that -V and the start of the prompt print. */
export function versionText(runtime: string): string {
  return [
    `Release Version: ${build.version}\n`,
    `Git Commit Hash: ${build.hash}\n`,
    `Git Branch: ${build.branch}\n`,
    `UTC Build Time: ${build.time}\n`,
    `Node Version: ${runtime}\n\n`,
  ].join('');
}
