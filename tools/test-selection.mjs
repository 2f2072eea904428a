// Selects the tests of a run of tools/test.mjs: its help, its options, and the meaning of its names.

export const HELP = `Usage: npm test [-- NAME ...]                            build, then run all tests, or those named
       npm run coverage [-- NAME ...]                    the same with coverage of src/
       node tools/test.mjs [--build] [--coverage] [NAME ...]

A NAME that occurs in the path of a test file selects that file:
    npm test -- test/pty/watch.test.ts                   one file
    npm test -- wire complete                            all files whose path contains either
Any other NAME selects tests whose name, or whose suite's name, contains it (in any letter case). They are
looked for in the selected files, or in all files if no NAME selects one:
    npm test -- "control characters"                     by name, in all files
    npm test -- editor paste                             by name, in the files whose path contains "editor"

  --build      build dist/ first; the tests in test/e2e and test/pty run the program there ($DMCTL: another program)
  --coverage   print which lines and functions of src/ ran, write coverage/lcov.info. Only what runs in the test
               process is counted, so test/e2e and test/pty, which start the built program, are left out unless named.
  --help       print this help
`;

const OPTIONS = ['--build', '--coverage', '--help'];

/** Options and names of a command line. Throws on an unknown option. */
export function parseArguments(argv) {
  const options = argv.filter((word) => word.startsWith('-'));
  const unknown = options.find((option) => !OPTIONS.includes(option));
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}; npm test -- --help lists the options`);
  return {
    build: options.includes('--build'),
    coverage: options.includes('--coverage'),
    help: options.includes('--help'),
    names: argv.filter((word) => !word.startsWith('-') && word !== ''),
  };
}

/** A regular expression in the form of Node's --test-name-pattern, for names that contain the text, ignoring case. */
const patternOf = (text) => `/${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}/i`;

/**
 * The files to run (paths with `/`, such as `test/pty/watch.test.ts`) and the patterns that test names must match. Without
 * patterns, all tests of the files run.
 */
export function selectTests(files, names) {
  const isPath = (name) => files.some((file) => file.includes(name));
  const paths = names.filter(isPath);
  return {
    files: paths.length === 0 ? [...files] : files.filter((file) => paths.some((part) => file.includes(part))),
    patterns: names.filter((name) => !isPath(name)).map(patternOf),
  };
}
