// Sends and receives messages uncompressed. grpc-js's own filter offers gzip and deflate in every request and would
// unpack an answer of any size. DM-masters do not compress, and a compressed answer is rejected (AnswerCheck).

import compression from '@grpc/grpc-js/build/src/compression-filter.js';
import { BaseFilter } from '@grpc/grpc-js/build/src/filter.js';
import './grpc.ts';
import { PREFIX } from './message.ts';

type Sent = Awaited<Parameters<BaseFilter['sendMessage']>[0]>;

class PlainMessages extends BaseFilter {
  override async sendMessage(sent: Promise<Sent>): Promise<Sent> {
    const { message, ...rest } = await sent;
    const prefix = Buffer.alloc(PREFIX);
    prefix.writeUInt32BE(message.length, 1);
    return { ...rest, message: Buffer.concat([prefix, message]) };
  }

  override async receiveMessage(received: Promise<Buffer>): Promise<Buffer> {
    return (await received).subarray(PREFIX);
  }
}

class PlainMessagesFactory {
  createFilter(): PlainMessages {
    return new PlainMessages();
  }
}

(compression as { CompressionFilterFactory: unknown }).CompressionFilterFactory = PlainMessagesFactory;
