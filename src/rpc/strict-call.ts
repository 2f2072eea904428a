// What grpc-js lets pass or tells badly, put right at the place where it meets the HTTP/2 stream of a call. By itself it
// collects a whole message before it looks at the compressed flag, waits for a second message to its end, ends with a
// status `NaN` or `OK` for undecodable trailers and half an answer, reads grpc-message with the rules of URIs, and sends a
// refused call again. Its class for a call on a stream is replaced by one that checks; the version of grpc-js is pinned, and
// test/rpc and test/faults fail when this no longer takes hold.

import http2 from 'node:http2';
import subchannelCall from '@grpc/grpc-js/build/src/subchannel-call.js';
import { GRPC_CODE } from '../command/grpc-code.ts';
import { Metadata } from './grpc.ts';
import { AnswerCheck, type Headers, headersFault, statusOf } from './message.ts';
import { type Fault, resetFault } from './status.ts';

/** How a call ended that reached an HTTP/2 stream: with a status or a fault, refused unseen, or with its connection. */
export type Ending = 'told' | 'refused' | 'broken';

/** The metadata key of a status's ending. A master cannot set it: of its trailers only status and text are kept. */
const ENDING = 'dmctl-ending';

/** How the call ended; undefined when it never reached a master, or when the client itself ended it. */
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

/** What of grpc-js's class is used here. */
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

/** What has been seen of a call. */
interface Seen {
  readonly answer: AnswerCheck;
  fault: Fault | undefined;
  /** Whether trailers came. */
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

  /** Of trailers only a status that can be read gets through. */
  override handleTrailers(headers: Headers): void {
    this.seen.trailers = true;
    const { code, text } = (':status' in headers ? headersFault(headers) : undefined) ?? statusOf(headers);
    super.handleTrailers({ 'grpc-status': String(code), 'grpc-message': encodeURI(text) });
  }
}

/** The status that a call gets instead of grpc-js's. It has no `rstCode`, so that grpc-js sends nothing again. */
function finalStatus(status: Status, { answer, fault, trailers }: Seen): Status {
  const { code, details, rstCode } = status;
  const known = fault ?? (code === GRPC_CODE.ok ? answer.end() : undefined);
  if (known) return ended('told', known);
  if (trailers) return ended('told', { code, text: details });
  if (rstCode === http2.constants.NGHTTP2_REFUSED_STREAM) return ended(answer.began ? 'told' : 'refused', resetFault(rstCode));
  if (code === GRPC_CODE.unavailable) return ended('broken', { code, text: details });
  if (rstCode === undefined) return status; // the client ended the call
  return ended('told', rstCode === http2.constants.NGHTTP2_NO_ERROR ? statusOf({}) : resetFault(rstCode));
}

function ended(how: Ending, { code, text }: Fault): Status {
  const metadata = new Metadata();
  metadata.set(ENDING, how);
  return { code, details: text, metadata };
}

(subchannelCall as { Http2SubchannelCall: unknown }).Http2SubchannelCall = StrictCall;
