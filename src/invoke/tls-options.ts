// TLS for the connections to masters. Where any setting asks for TLS, nothing is ever sent in clear text.

import { InputError } from '../command/errors.ts';
import type { RunOptions } from '../command/run-options.ts';
import type { IO } from '../io/io.ts';
import type { TlsOptions } from '../rpc/channel.ts';
import { masterAddresses } from '../text/address.ts';
import { systemReason } from '../text/system-error.ts';

/**
 * The certificates of a run; undefined for clear text.
 * @param encrypted whether an address asks for TLS
 * @throws InputError for a file that cannot be read or has no certificate, and for a certificate without its key
 */
export async function tlsOptions(
  { sslCa, sslCert, sslKey, certAllowedCn }: TlsSettings,
  encrypted: boolean,
  io: Pick<IO, 'readFile'>,
): Promise<TlsOptions | undefined> {
  if (!encrypted && !asksForTls({ sslCa, sslCert, sslKey, certAllowedCn })) return undefined;
  if ((sslCert === '') !== (sslKey === '')) {
    throw new InputError(`${sslCert === '' ? '-ssl-key needs -ssl-cert' : '-ssl-cert needs -ssl-key'}. Nothing was sent`);
  }
  const allowed = certAllowedCn.split(',').filter((name) => name !== '');
  return {
    ...(sslCa !== '' && { ca: await pem('ssl-ca', sslCa, 'CERTIFICATE', io) }),
    ...(sslCert !== '' && { cert: await pem('ssl-cert', sslCert, 'CERTIFICATE', io), key: await pem('ssl-key', sslKey, 'KEY', io) }),
    ...(allowed.length > 0 && { checkServerIdentity: await identityCheck(allowed) }),
  };
}

type TlsSettings = Pick<RunOptions, 'sslCa' | 'sslCert' | 'sslKey' | 'certAllowedCn'>;

/** A list of names alone does not ask for TLS, as in the original: it only limits the certificates of a TLS connection. */
const asksForTls = (settings: TlsSettings): boolean => [settings.sslCa, settings.sslCert, settings.sslKey].some((text) => text !== '');

/** Whether a setting or an address asks for TLS. */
export function usesTls(settings: TlsSettings, address: string): boolean {
  return asksForTls(settings) || (address !== '' && masterAddresses(address).tls);
}

async function pem(setting: string, file: string, kind: string, io: Pick<IO, 'readFile'>): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await io.readFile(file);
  } catch (error) {
    throw new InputError(`cannot read ${setting} ${file}: ${systemReason(error)}. Nothing was sent`);
  }
  if (new RegExp(`-----BEGIN [A-Z ]*${kind}-----`).test(bytes.toString('latin1'))) return bytes;
  throw new InputError(`${setting} ${file} has no PEM block "BEGIN ${kind}". Nothing was sent`);
}

/** Checks the host name as usual, and that the certificate has an allowed common name. */
async function identityCheck(allowed: readonly string[]): Promise<NonNullable<TlsOptions['checkServerIdentity']>> {
  const { checkServerIdentity } = await import('node:tls');
  return (host, certificate) => {
    const wrong = checkServerIdentity(host, certificate);
    if (wrong) return wrong;
    const names = [certificate.subject.CN ?? []].flat();
    if (names.some((name) => allowed.includes(name))) return undefined;
    return new Error(`the certificate of ${host} has the common name ${names.join(', ')}, which cert-allowed-cn does not allow`);
  };
}
