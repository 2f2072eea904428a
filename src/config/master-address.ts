// Checks the address of a master before any call.

import { StartError } from '../command/errors.ts';
import { masterAddresses } from '../text/address.ts';

const ADDRESS = 'The address of a DM-master is host:port, such as 127.0.0.1:8261 or [::1]:8261. Separate several masters by commas.\n';

/** Rejects a missing address and one that can never be called. Throws StartError. */
export function checkMaster(address: string): void {
  if (address === '') throw new MissingAddress();
  try {
    masterAddresses(address);
  } catch (e) {
    throw new StartError(`specify master addr ${address}: ${(e as Error).message}`, ADDRESS);
  }
}

/** No source gives an address. */
class MissingAddress extends StartError {
  constructor() {
    super(
      '--master-addr not provided',
      'Use -master-addr host:port, set DM_MASTER_ADDR, or write master-addr into the configuration file. `dmctl -help` lists the flags.\n',
    );
    this.name = 'MissingAddress';
  }
}
