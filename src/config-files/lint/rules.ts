// All rules of lint. A finding names its rule, and a comment in the file can disable it.

/** Each rule with what it finds. docs/files.md lists them. */
export const RULES = {
  'ambiguous-text': 'a text without quotes that looks like a number, a boolean or a date. DM takes it as text',
  'conflicting-keys': 'keys that exclude each other, or a key that needs another one',
  'deprecated-key': 'a key that is replaced, or has no effect in this release',
  'duplicate-key': 'a key or a name that occurs twice in a mapping',
  'duplicate-reference': 'an instance that names the same rule twice',
  'duplicate-source': 'two entries with the same source or worker',
  'empty-entry': 'an entry of a section without content. Some releases crash or reject it',
  'empty-value': 'a key without content: the same as leaving it out',
  'ignored-key': 'a key that DM ignores because of other settings',
  'incomplete-instance': 'an instance without what its mode needs, such as a start position',
  'invalid-duration': 'a duration that DM cannot read, such as 5 without a unit',
  'invalid-expression': 'an SQL expression that cannot be correct',
  'invalid-gtid': 'a GTID set that DM cannot read',
  'invalid-pattern': 'a pattern with * before its end',
  'invalid-regexp': 'a regular expression that Go cannot compile, or with the wrong number of groups',
  'invalid-size': 'a size that DM cannot read',
  'invalid-value': 'a value that is not in the list of accepted ones, or out of range',
  'key-case': 'a TOML key in upper case',
  'missing-key': 'a required key that is missing or empty',
  'no-effect': 'a rule that never matches, or that DM drops',
  'not-utf8': 'a file that is not UTF-8',
  'open-permissions': 'a file with a password that other users can read',
  'overlapping-routes': 'two routes of an instance that can match the same table',
  'plain-password': 'a password that is not encrypted',
  'same-pattern': 'two routes of an instance with the same pattern',
  'several-documents': 'a second YAML document, which DM does not read',
  'syntax-error': 'text that is not YAML or TOML',
  'threads-negative': 'a negative number of threads',
  'typographic-quotes': 'typographic quotes, which belong to the value',
  'unchecked-file': 'a file that lint does not know',
  'unknown-key': 'a key that this kind of file does not have in this release',
  'unknown-reference': 'a name that no entry of the section has',
  'unused-anchor': 'a YAML anchor without an alias',
  'unused-entry': 'an entry of a section that no instance uses. DM 2.0.2 and later reject it',
  'unusual-number': 'a number that is easily misread: octal, hexadecimal, with _, or with a fraction that is cut off',
  'wrong-file-kind': 'a file of another kind or in another syntax',
  'wrong-type': 'a value of the wrong type',
} as const;

export type RuleId = keyof typeof RULES;

export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];
