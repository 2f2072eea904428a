// The connection of a session. It can be replaced, and what was begun for the last one cannot affect the next one.

import { Interrupted, NOT_SENT } from '../command/errors.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import { masterAddresses } from '../text/address.ts';
import type { ResolvingCaller } from './dialect-resolver.ts';
import { tlsOptions } from './tls-options.ts';

/** The address of a master, and the options that its connection needs. */
export interface Destination {
  readonly address: string;
  readonly options: Pick<RunOptions, 'protocol' | 'maxAnswerBytes' | 'sslCa' | 'sslCert' | 'sslKey' | 'certAllowedCn'>;
}

export class SessionConnection {
  /** Another number means another connection, perhaps to another cluster. */
  id = 0;
  private readonly io: IO;
  private destination: Destination;
  private opening: Promise<ResolvingCaller> | undefined;
  private open: ResolvingCaller | undefined;

  constructor(io: IO, destination: Destination) {
    this.io = io;
    this.destination = destination;
  }

  get address(): string {
    return this.destination.address;
  }

  /** The connection, opened on first use. Throws InputError for certificates, Interrupted if it was replaced in the meantime. */
  caller(): Promise<ResolvingCaller> {
    this.opening ??= this.openCaller();
    return this.opening;
  }

  /** Throws Interrupted if the session has another connection than the given one by now. */
  mustBe(id: number): void {
    if (id !== this.id) throw new Interrupted(NOT_SENT);
  }

  /** Closes the connection and uses another one from now on. */
  replace(address: string, options = this.destination.options): void {
    this.close();
    this.destination = { address, options };
  }

  close(): void {
    this.id += 1;
    this.open?.close();
    this.open = undefined;
    this.opening = undefined;
  }

  private async openCaller(): Promise<ResolvingCaller> {
    const { id } = this;
    const { address, options } = this.destination;
    // The code that makes calls is loaded with the first call.
    const [rpc, { resolvingCaller }] = await Promise.all([import('../rpc/caller.ts'), import('./dialect-resolver.ts')]);
    const { addresses, tls: encrypted } = masterAddresses(address);
    const tls = await tlsOptions(options, encrypted, this.io);
    this.mustBe(id);
    const { maxAnswerBytes, protocol } = options;
    this.open = resolvingCaller(rpc.openConnections({ addresses, maxAnswerBytes, tls }), { protocol, tls });
    return this.open;
  }
}
