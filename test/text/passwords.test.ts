// A dry run shows everything of a configuration except its passwords.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutPasswords } from '../../src/text/passwords.ts';

/** [text, displayed text]. */
const TEXTS: readonly [string, string][] = [
  ['password: abc\n', 'password: ******\n'],
  ['  password:   "a\\"b"   # old\n  port: 1\n', '  password:   "******"   # old\n  port: 1\n'],
  ["password: 'it''s'\r\nport: 1\r\n", "password: '******'\r\nport: 1\r\n"],
  ['password: a#b # c\n', 'password: ****** # c\n'],
  ['password: a b\\c\r\nx: 1', 'password: ******\r\nx: 1'],
  ['password: ""\nx: 1', 'password: ""\nx: 1'],
  ['password:\nuser: root\n', 'password:\nuser: root\n'],
  ['target: {user: root, password: abc, port: 4000}\n', 'target: {user: root, password: ******, port: 4000}\n'],
  ['target: {"password":"a,b}", port: 4000}\n', 'target: {"password":"******", port: 4000}\n'],
  ['t: {\n  user: x,\n  password: abc,\n  port: 1\n}\n', 't: {\n  user: x,\n  password: ******,\n  port: 1\n}\n'],
  ['- password: abc\n  user: root\n', '- password: ******\n  user: root\n'],
  ['# password: abc\n  user: root\n', '# password: ******\n  user: root\n'],
  ['Password : abc\ndb-password: abc', 'Password : ******\ndb-password: ******'],
  ['from:\n  password: |-\n    abc\n\n    def\n  user: x\n', 'from:\n  password: |-\n    ******\n  user: x\n'],
  ['password:\n  abc\nuser: x\n', 'password:\n  ******\nuser: x\n'],
  ['password: abc\n  def\nuser: x\n', 'password: ******\nuser: x\n'],
  ['password: "abc\n  def"\nuser: x\n', 'password: "******"\nuser: x\n'],
  ['password: "never closed\nuser: x\n', 'password: ******\nuser: x\n'],
  ['password = "abc" # c\n', 'password = "******" # c\n'],
  ["[from]\npassword='abc'\nfrom.password = 'x'\n", "[from]\npassword='******'\nfrom.password = '******'\n"],
  ['from = { user = "a", password = "abc", port = 1 }\n', 'from = { user = "a", password = "******", port = 1 }\n'],
  ['password = """\nabc"def\n"""\nx = 1\n', 'password = """******"""\nx = 1\n'],
  ['name: password\nroutes: [password-file]\n', 'name: password\nroutes: [password-file]\n'],
];

for (const [text, shown] of TEXTS) test(JSON.stringify(text), () => assert.equal(withoutPasswords(text), shown));

test('a text without passwords stays unchanged', () => {
  const text = '\ufeffname: t\r\n\tpasswords: 3\npasswordless: yes\n# the password\n\n';
  assert.equal(withoutPasswords(text), text);
});
