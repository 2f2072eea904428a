// A hostile DM-master: for any data, the program ends by its deadline or by Ctrl-C and prints one line, and its memory stays
// small even if gigabytes are sent.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http2 from 'node:http2';
import type net from 'node:net';
import { describe, test } from 'node:test';
import { PROGRAM } from '../harness/program.ts';
import { FLAG, fields, frame, GRPC_HEADERS, startRawServer, TYPE, type Wire } from './raw-http2.ts';

const OFFERED_BYTES = 2e9;
/** The maximum memory of a run: it starts with about 50 MB, and a window of 16 MB may be in transit. */
const MAX_RSS_MB = 350;

interface Ran {
  readonly status: number | null;
  readonly stderr: string;
  readonly stdoutBytes: number;
}

/** Runs the program with an address, measures its memory, and presses Ctrl-C if requested. */
function run(address: string, args: readonly string[] = [], interrupt?: (press: () => void) => void): Promise<Ran> {
  return new Promise((resolve) => {
    const [command, ...before] = PROGRAM as [string, ...string[]];
    const child = spawn(command, [...before, '-master-addr', address, ...args, 'query-status'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    let stdoutBytes = 0;
    let peakMB = 0;
    const look = setInterval(() => {
      peakMB = Math.max(peakMB, peakOf(child.pid));
      if (peakMB > MAX_RSS_MB) child.kill('SIGKILL');
    }, 20);
    child.stderr.on('data', (d) => {
      stderr += d;
    });
    child.stdout.on('data', (d) => {
      stdoutBytes += d.length;
    });
    interrupt?.(() => child.kill('SIGINT'));
    child.on('close', (status) => {
      clearInterval(look);
      assert.ok(peakMB <= MAX_RSS_MB, `the program took ${peakMB} MB`);
      resolve({ status, stderr, stdoutBytes });
    });
  });
}

/** The peak memory of a process in MB; 0 if it is unknown. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Checks that one line describes the error. */
function told({ status, stderr, stdoutBytes }: Ran, said: RegExp): void {
  assert.match(stderr, said);
  assert.doesNotMatch(stderr, /unexpected|undefined|\bat .*\.js/);
  assert.ok(stderr.length < 20_000, `${stderr.length} characters are said`);
  assert.equal(stdoutBytes, 0);
  assert.equal(status, 1);
}

const prefix = (flag: number, size: number): Buffer => {
  const bytes = Buffer.alloc(5);
  bytes[0] = flag;
  bytes.writeUInt32BE(size, 1);
  return bytes;
};

type Stream = http2.ServerHttp2Stream;

/** Runs something with a server on node:http2, which respects the client's windows. */
async function withServer<T>(answer: (stream: Stream) => void, use: (address: string) => Promise<T>): Promise<T> {
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createServer().on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {});
  });
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    answer(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`127.0.0.1:${(server.address() as net.AddressInfo).port}`);
  } finally {
    for (const session of sessions) session.destroy();
    server.close();
  }
}

/** An answer that starts with some bytes and continues until the client leaves. */
function endless(first: Buffer, headers: http2.OutgoingHttpHeaders = {}): (stream: Stream) => void {
  const chunk = Buffer.alloc(1 << 20);
  return (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...headers });
    let sent = 0;
    const more = (): void => {
      while (!stream.destroyed && sent < OFFERED_BYTES) {
        sent += chunk.length;
        if (!stream.write(chunk)) break;
      }
    };
    stream.on('drain', more);
    stream.write(first);
    more();
  };
}

const ENDLESS: readonly [name: string, answer: (stream: Stream) => void, said: RegExp][] = [
  ['an answer that says it is compressed', endless(prefix(1, 0x7fffffff)), /code = Internal desc = the answer is compressed/],
  ['a gzip bomb', endless(prefix(1, 1 << 20), { 'grpc-encoding': 'gzip' }), /code = Internal desc = the answer is compressed/],
  ['an unknown flag', endless(prefix(0x80, 16)), /code = Internal desc = the answer is compressed/],
  ['an answer longer than it says', endless(prefix(0, 2)), /code = Unknown desc = .*more than one answer/],
  ['a second answer', endless(Buffer.concat([prefix(0, 2), Buffer.from([8, 1]), prefix(0, 1 << 29)])), /more than one answer/],
  ['an answer of 4 GiB', endless(prefix(0, 0xffffffff)), /code = ResourceExhausted desc = the answer has 4294967295 bytes, .* 1GiB/],
  ['a page instead of gRPC', endless(Buffer.from('<html>'), { 'content-type': 'text/html' }), /content-type "text\/html" instead of gRPC/],
  ['an error page', endless(Buffer.from('<html>'), { ':status': 502 }), /code = Unavailable desc = HTTP status 502/],
];

for (const [name, answer, said] of ENDLESS) {
  test(`endless: ${name}`, () => withServer(answer, async (address) => told(await run(address), said)));
}

test('the setting max-answer limits an answer and is named in the error', () =>
  withServer(endless(prefix(0, 2 << 20)), async (address) => {
    const ran = await run(address, ['-max-answer', '1MiB']);
    told(ran, /the answer has 2097152 bytes, which is more than the limit of 1MiB\. Raise it with the setting max-answer/);
  }));

/** Sends a long answer byte by byte until the client leaves. */
function drip(onDrop: () => void): (stream: Stream) => void {
  return (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    stream.write(prefix(0, 1 << 20));
    const timer = setInterval(() => {
      stream.write('x');
      onDrop();
    }, 5);
    stream.on('close', () => clearInterval(timer));
  };
}

test('an answer that arrives byte by byte ends with the deadline, or with Ctrl-C', async () => {
  await withServer(
    drip(() => {}),
    async (address) => told(await run(address, ['-rpc-timeout', '1s']), /code = DeadlineExceeded desc = context deadline exceeded\n$/),
  );
  let press = (): void => {};
  const { status } = await withServer(
    drip(() => press()),
    (address) =>
      run(address, [], (interrupt) => {
        press = interrupt;
      }),
  );
  assert.equal(status, 130);
});

test('a long status text is truncated', () =>
  withServer(
    (stream) => {
      const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '2', 'grpc-message': 'x'.repeat(60_000) };
      stream.respond(headers, { endStream: true });
    },
    async (address) =>
      told(await run(address), /code = (?:Unknown desc = x{1000,}… \(60000 characters\)|ResourceExhausted desc = .*reset)/),
  ));

const HALF_ANSWER = (stream: number): Buffer =>
  Buffer.concat([
    frame(TYPE.headers, FLAG.endHeaders, stream, GRPC_HEADERS),
    frame(TYPE.data, 0, stream, Buffer.concat([prefix(0, 100), Buffer.from([8, 1])])),
  ]);

/** Sends the same bytes repeatedly until the client leaves. */
function flood(first: (stream: number) => Buffer, again: (stream: number) => Buffer): (wire: Wire) => Promise<void> {
  return async (wire) => {
    await wire.write(first(wire.stream));
    const one = again(wire.stream);
    const many = Buffer.concat(Array.from({ length: Math.ceil(65_536 / one.length) }, () => one));
    for (let sent = 0; sent < OFFERED_BYTES; sent += many.length) if (!(await wire.write(many))) return;
  };
}

const nothing = (): Buffer => Buffer.alloc(0);
const reset = (code: number): Buffer => Buffer.from([0, 0, 0, code]);
const ENDED = /code = (?:DeadlineExceeded|Unavailable|Internal|ResourceExhausted|Canceled|Unknown) desc = /;

/** Raw frames and the expected message. A flood may end with the connection or with the deadline. */
const BY_HAND: readonly [name: string, answer: (wire: Wire) => unknown, said: RegExp][] = [
  ['a flood of PING', flood(nothing, () => frame(TYPE.ping, 0, 0, Buffer.alloc(8))), ENDED],
  ['a flood of SETTINGS', flood(nothing, () => frame(TYPE.settings, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100]))), ENDED],
  [
    'a flood of empty DATA',
    flood(
      (s) => frame(TYPE.headers, FLAG.endHeaders, s, GRPC_HEADERS),
      (s) => frame(TYPE.data, 0, s),
    ),
    ENDED,
  ],
  ['a flood of unknown frames', flood(nothing, () => frame(0x77, 0, 0, Buffer.alloc(1024))), ENDED],
  ['a flood of resets of other streams', flood(nothing, () => frame(TYPE.reset, 0, 2, reset(8))), ENDED],
  [
    'a flood of CONTINUATION',
    flood(
      (s) => frame(TYPE.headers, 0, s, GRPC_HEADERS),
      (s) => frame(TYPE.continuation, 0, s, fields([['x', 'y'.repeat(8000)]])),
    ),
    ENDED,
  ],
  [
    'a flood of empty CONTINUATION',
    flood(
      (s) => frame(TYPE.headers, 0, s, GRPC_HEADERS),
      (s) => frame(TYPE.continuation, 0, s),
    ),
    ENDED,
  ],
  ['a flood of interim responses', flood(nothing, (s) => frame(TYPE.headers, FLAG.endHeaders, s, fields([[':status', '103']]))), ENDED],
  [
    'a flood of pushed streams',
    flood(nothing, (s) =>
      frame(TYPE.pushPromise, FLAG.endHeaders, s, Buffer.concat([Buffer.from([0, 0, 0, 2]), fields([[':path', '/x']])])),
    ),
    ENDED,
  ],
  ['trailers of 100 KB', (wire) => wire.write(Buffer.concat([HALF_ANSWER(wire.stream), longTrailers(wire.stream)])), ENDED],
  [
    'a reset in the middle',
    (wire) => wire.write(Buffer.concat([HALF_ANSWER(wire.stream), frame(TYPE.reset, 0, wire.stream, reset(2))])),
    /reset the call \(HTTP\/2 INTERNAL_ERROR\)/,
  ],
  ['a GOAWAY in the middle, and no more', (wire) => wire.write(Buffer.concat([HALF_ANSWER(wire.stream), goaway(wire.stream, 0)])), ENDED],
  ['a GOAWAY with an error in the middle', (wire) => wire.write(Buffer.concat([HALF_ANSWER(wire.stream), goaway(wire.stream, 11)])), ENDED],
  [
    'an end in the middle',
    (wire) => wire.write(HALF_ANSWER(wire.stream)).then(() => wire.end()),
    /code = Unavailable desc = the connection .* was lost/,
  ],
  ['DATA before any headers', (wire) => wire.write(frame(TYPE.data, 0, wire.stream, prefix(0, 2))), ENDED],
  ['bytes that are no frames', (wire) => wire.write(Buffer.alloc(100_000, 0xff)), ENDED],
];

/** Trailers in one HEADERS and six CONTINUATION frames. */
function longTrailers(stream: number): Buffer {
  const part = fields([['x', 'y'.repeat(16_000)]]);
  const status = fields([['grpc-status', '0']]);
  const middle = Array.from({ length: 5 }, () => frame(TYPE.continuation, 0, stream, part));
  return Buffer.concat([
    frame(TYPE.headers, FLAG.endStream, stream, status),
    ...middle,
    frame(TYPE.continuation, FLAG.endHeaders, stream, part),
  ]);
}

function goaway(last: number, code: number): Buffer {
  return frame(TYPE.goaway, 0, 0, Buffer.from([0, 0, 0, last, 0, 0, 0, code]));
}

describe('raw frames', { concurrency: 8 }, () => {
  for (const [name, answer, said] of BY_HAND) {
    test(name, async () => {
      const server = await startRawServer(answer);
      try {
        told(await run(server.address, ['-rpc-timeout', '3s']), said);
      } finally {
        server.close();
      }
    });
  }
});

test('bytes outside ASCII in headers do not reach the terminal', async () => {
  const headers = fields([
    [':status', '200'],
    ['content-type', 'application/grpc'],
    ['x-c1', '\u009b31m'],
  ]);
  const server = await startRawServer((wire) =>
    wire.write(
      Buffer.concat([
        frame(TYPE.headers, FLAG.endHeaders, wire.stream, headers),
        frame(TYPE.data, 0, wire.stream, Buffer.concat([prefix(0, 2), Buffer.from([8, 1])])),
        frame(
          TYPE.headers,
          FLAG.endHeaders | FLAG.endStream,
          wire.stream,
          fields([
            ['grpc-status', '0'],
            ['x-c1', '\u009b'],
          ]),
        ),
      ]),
    ),
  );
  const { status, stderr } = await run(server.address, ['-protocol', 'v1', '-rpc-timeout', '20s']);
  server.close();
  assert.equal(stderr, '');
  assert.equal(status, 0);
});
