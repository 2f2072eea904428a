// Corrects what grpc-js accepts or reports badly, where it meets the HTTP/2 stream of a call. On its own, grpc-js
// collects a whole message before it looks at the compressed flag, waits for a second message to its end, ends with a
// status `NaN` or `OK` for undecodable trailers and half an answer, reads grpc-message with the rules of URIs, and sends a
// refused call again. We replace its class for a call on a stream with one that checks. grpc-js is pinned, and
// test/rpc and test/faults fail if the replacement no longer works.

import http2 from 'node:http2';
import subchannelCall from '@grpc/grpc-js/build/src/subchannel-call.js';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { Metadata } from './grpc.ts';
import { AnswerCheck, type Headers, headersFault, statusOf } from './message.ts';
import { type Fault, resetFault } from './status.ts';

/** How a call on an HTTP/2 stream ended: with a status or a fault, refused unseen, or with its connection. */
export type Ending = 'status' | 'refused' | 'broken';

/** The metadata key for how a call ended. A master cannot set it: only status and text are kept of its trailers. */
const ENDING = 'dmctl-ending';

/** How the call ended; undefined if it never reached a master or the client cancelled it. */
export function endingOf(metadata: Metadata): Ending | undefined {
  return metadata.get(ENDING)[0] as Ending | undefined;
}

interface Status {
  readonly code: number;
  readonly details: string;
  readonly metadata: Metadata;
  /** Set when the stream was reset. */
  readonly rstCode?: number | undefined;
}

/** The members of grpc-js's class that are used here. */
interface StreamCall {
  decoder: { write(data: Buffer): Buffer[] };
  handleTrailers(headers: Headers): void;
  cancelWithStatus(code: number, details: string): void;
}
interface Listener {
  onReceiveMetadata(metadata: Metadata): void;
  onReceiveMessage(message: Buffer): void;
  onReceiveStatus(status: Status): void;
}
interface Transport {
  getOptions(): Record<string, unknown>;
}
type StreamCallClass = new (
  stream: http2.ClientHttp2Stream,
  tracker: unknown,
  listener: Listener,
  transport: Transport,
  id: number,
) => StreamCall;

const Base = subchannelCall.Http2SubchannelCall as unknown as StreamCallClass;

/** The state of a call. */
interface Seen {
  readonly answer: AnswerCheck;
  fault: Fault | undefined;
  /** Whether trailers arrived. */
  trailers: boolean;
}

class StrictCall extends Base {
  private readonly seen: Seen;

  constructor(stream: http2.ClientHttp2Stream, tracker: unknown, listener: Listener, transport: Transport, id: number) {
    const limit = Number(transport.getOptions()['grpc.max_receive_message_length']);
    const seen: Seen = { answer: new AnswerCheck(limit), fault: undefined, trailers: false };
    const checked: Listener = {
      onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
      onReceiveMessage: (message) => listener.onReceiveMessage(message),
      onReceiveStatus: (status) => listener.onReceiveStatus(finalStatus(status, seen)),
    };
    super(stream, tracker, checked, transport, id);
    this.seen = seen;
    const { decoder } = this;
    this.decoder = {
      write: (data) => {
        seen.fault ??= seen.answer.add(data);
        if (seen.fault) throw new Error(seen.fault.text); // grpc-js resets the stream
        return decoder.write(data);
      },
    };
    stream.on('response', (headers) => {
      seen.fault ??= headersFault(headers);
      if (seen.fault) this.cancelWithStatus(seen.fault.code, seen.fault.text);
    });
  }

  /** Of the trailers, only a readable status gets through. */
  override handleTrailers(headers: Headers): void {
    this.seen.trailers = true;
    const { code, text } = (':status' in headers ? headersFault(headers) : undefined) ?? statusOf(headers);
    super.handleTrailers({ 'grpc-status': String(code), 'grpc-message': encodeURI(text) });
  }
}

/** The status that replaces grpc-js's. It has no `rstCode`, so that grpc-js does not send the call again. */
function finalStatus(status: Status, { answer, fault, trailers }: Seen): Status {
  const { code, details, rstCode } = status;
  const known = fault ?? (code === GRPC_CODE.ok ? answer.end() : undefined);
  if (known) return ended('status', known);
  if (trailers) return ended('status', { code, text: details });
  if (rstCode === http2.constants.NGHTTP2_REFUSED_STREAM) return ended(answer.began ? 'status' : 'refused', resetFault(rstCode));
  if (code === GRPC_CODE.unavailable) return ended('broken', { code, text: details });
  if (rstCode === undefined) return status; // the client ended the call
  return ended('status', rstCode === http2.constants.NGHTTP2_NO_ERROR ? statusOf({}) : resetFault(rstCode));
}

function ended(how: Ending, { code, text }: Fault): Status {
  const metadata = new Metadata();
  metadata.set(ENDING, how);
  return { code, details: text, metadata };
}

(subchannelCall as { Http2SubchannelCall: unknown }).Http2SubchannelCall = StrictCall;
