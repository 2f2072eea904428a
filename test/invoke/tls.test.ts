// TLS that any setting asks for: nothing reaches a master that has no TLS.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram, withMaster } from '../harness/run.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

for (const flags of [['-ssl-ca', 'ca.pem', '-cert-allowed-cn', 'dm-master'], ['-ssl-ca', 'ca.pem'], ['https']]) {
  test(`nothing is sent in clear text with ${flags.join(' ')}`, () =>
    withMaster(undefined, async (master) => {
      const address = flags[0] === 'https' ? `https://${master.address}` : master.address;
      const given = flags[0] === 'https' ? [] : flags;
      for (const line of ['stop-task t', 'query-status', 'status']) {
        const argv = ['-master-addr', address, ...given, '-rpc-timeout', '2s', ...line.split(' ')];
        const { stdout, status } = await runProgram(argv, { files: { 'ca.pem': PEM } });
        assert.notEqual(status, 0, line);
        assert.doesNotMatch(stdout, /"result"/);
      }
      assert.deepEqual([master.calls, master.probes], [[], 0]);
    }));
}

test('a certificate without its key, and a file without a certificate, are errors before anything is sent', () =>
  withMaster(undefined, async (master) => {
    for (const [flags, message] of [
      [['-ssl-cert', 'ca.pem'], /-ssl-cert needs -ssl-key\. Nothing was sent/],
      [['-ssl-ca', 'nosuch.pem'], /cannot read ssl-ca nosuch\.pem/],
      [['-ssl-ca', 'empty'], /ssl-ca empty has no PEM block "BEGIN CERTIFICATE"\. Nothing was sent/],
    ] as const) {
      const world = { files: { 'ca.pem': PEM, empty: 'no certificate' } };
      const { stderr, status } = await runProgram(['-master-addr', master.address, ...flags, 'stop-task', 't'], world);
      assert.match(stderr, message);
      assert.equal(status, 2);
    }
    assert.deepEqual([master.calls, master.probes], [[], 0]);
  }));
