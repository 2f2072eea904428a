// Addresses: the typed text is a host and a port, or is rejected with a reason. It never becomes another host.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitHostPort } from '../../src/text/address.ts';
import { runProgram, withMaster } from '../harness/run.ts';

const REFUSED: readonly [address: string, why: RegExp][] = [
  ['127.0.0.1?x:18300', /a host cannot contain the character "\?"/],
  ['evil#:18300', /a host cannot contain the character "#"/],
  ['user@h:1', /a host cannot contain the character "@"/],
  ['h/x:1', /a host cannot contain the character "\/"/],
  ['ftp://h:1', /too many colons in address/],
  ['h:1,h?x:2', /address h\?x:2: a host cannot contain the character "\?"/],
  ['h h:1', /a host cannot contain the character " "/],
  ['h\\x:1', /a host cannot contain the character "\\\\"/],
  ['h%41:1', /a host cannot contain the character "%"/],
  ['h\u001b[31m:1', /unexpected '\['/],
  ['h\u001b:1', /a host cannot contain the character "\\u001b"/],
  ['h\r\nx:1', /a host cannot contain the character "\\r"/],
  ['h\u202e:1', /a host cannot contain the character/],
  ['127.1:1', /"127.1" is neither a host name nor an IP address/],
  ['0x7f.0.0.1:1', /neither a host name nor an IP address/],
  ['256.1.1.1:1', /neither a host name nor an IP address/],
  ['xn--:1', /neither a host name nor an IP address/],
  ['[::1%lo]:1', /an IPv6 zone is not supported/],
  ['[localhost]:1', /"localhost" is not an IPv6 address/],
  ['[::1?x]:1', /is not an IPv6 address/],
  ['[]:1', /"" is not an IPv6 address/],
  ['[::1]x:1', /missing port in address/],
  ['h:1?x', /the port must be a number from 1 to 65535/],
  ['h:-1', /the port must be a number/],
  ['h:99999', /the port must be a number/],
];

for (const [address, why] of REFUSED) {
  test(`the address ${JSON.stringify(address)} is rejected at the start, in the environment and by connect`, async () => {
    for (const world of [{ argv: ['-master-addr', address] }, { argv: [], env: { DM_MASTER_ADDR: address } }]) {
      const { stdout, stderr, status } = await runProgram([...world.argv, 'query-status'], world);
      assert.match(stderr, /^parse cmd flags err: specify master addr /);
      assert.match(stderr, why);
      assert.match(
        stderr,
        /The address of a DM-master is host:port, such as 127.0.0.1:8261 or \[::1\]:8261\. Separate several masters by commas\.\n$/,
      );
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the characters that must not reach a terminal
      assert.doesNotMatch(stderr, /[\u0000-\u0009\u000b-\u001f\u202e]/);
      assert.deepEqual([stdout, status], ['', 2]);
    }
    if (/\p{Cc}/u.test(address)) return; // such a line is rejected as a whole
    await withMaster(undefined, async (master) => {
      const { stderr } = await runProgram(['-master-addr', master.address], { stdin: `connect '${address}'\nquery-status\n` });
      assert.match(stderr, /\. Use host:port, for example 127.0.0.1:8261/);
      assert.equal(master.calls.length, 1, 'the session stays where it was');
    });
  });
}

test('a host and a port are split', () => {
  const good: [string, string, string][] = [
    ['127.0.0.1:8261', '127.0.0.1', '8261'],
    ['dm-master_1.example.com.:1', 'dm-master_1.example.com.', '1'],
    ['DM:1', 'DM', '1'],
    ['[::1]:1', '::1', '1'],
    ['[::ffff:1.2.3.4]:1', '::ffff:1.2.3.4', '1'],
    [':8261', '', '8261'],
    ['h:', 'h', ''],
  ];
  for (const [address, host, port] of good) assert.deepEqual(splitHostPort(address), { host, port });
});

test('a host stays the host of its URL, or is rejected', () => {
  const pieces = ['a', '1', '127.0.0.1', '.', '..', '-', '_', ':', '[', ']', '::1', '%', '%lo', '?', '#', '/', '\\', '@', ' ', '\t', '\0'];
  pieces.push('xn--', '0x', 'é', '主机', '\u202e', '\ud800', '💥', '=', '&', '"', "'", '65536', '8261', '💥:1', '+', ',', ';');
  let seed = 20_261;
  const next = (n: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  for (let i = 0; i < 50_000; i += 1) {
    const address = Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join('') + (next(3) > 0 ? ':1' : '');
    let host: string;
    try {
      host = splitHostPort(address).host;
    } catch (e) {
      assert.ok((e as Error).message.startsWith(`address ${address}: `), address);
      continue;
    }
    if (host === '') continue;
    const { hostname } = new URL(`http://${host.includes(':') ? `[${host}]` : host}:1/`);
    assert.ok(host.includes(':') || hostname === host.toLowerCase(), address);
  }
});

test('an address without a server causes an error of the call, never an unexpected error', async () => {
  for (const address of ['[::1]:1', '127.0.0.1:1', ':1', '-:1', '..:1', '127.0.0.1:', 'a..b:1', `${'a'.repeat(300)}:1`]) {
    const { stderr, status } = await runProgram(['-master-addr', address, '-rpc-timeout', '2s', 'query-status']);
    assert.match(stderr, /rpc error: code = (Unavailable|DeadlineExceeded) desc = /, address);
    assert.doesNotMatch(stderr, /unexpected/, address);
    assert.equal(status, 1, address);
  }
});
