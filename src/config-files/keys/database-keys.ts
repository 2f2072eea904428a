// The keys of a connection to a database: target-database of a task file, from of a source file and of a worker file.

import { type ConfigKey, key } from './config-key.ts';

const NO_EFFECT = 'remove it: it has no effect';

/** The address and the account. `packets`: the default of max-allowed-packet. */
export function accountKeys(block: string): readonly ConfigKey[] {
  return [
    key(`${block}.host`, 'text', 'host name or IP address'),
    key(`${block}.port`, 'int', 'TCP port, from 1 to 65535'),
    key(`${block}.user`, 'text', 'user name'),
    key(`${block}.password`, 'text', 'password, plain or encrypted with dmctl encrypt. DM 1.0.5 and earlier require an encrypted one', {
      secret: true,
    }),
    key(`${block}.max-allowed-packet`, 'int', 'largest packet of the client in bytes', {
      default: 67108864,
      deprecated: { since: '2.0', advice: NO_EFFECT },
    }),
  ];
}

/** The session variables and TLS of DM 2.0 and later. */
export function sessionKeys(block: string): readonly ConfigKey[] {
  return [
    key(`${block}.session`, 'named', 'session variables, sent to the database as text', { items: 'text', since: '1.0.6' }),
    key(`${block}.security`, 'block', 'certificates for TLS', { since: '2.0' }),
    key(`${block}.security.ssl-ca`, 'text', 'path of the certificate authority', { since: '2.0' }),
    key(`${block}.security.ssl-cert`, 'text', 'path of the client certificate', { since: '2.0' }),
    key(`${block}.security.ssl-key`, 'text', 'path of the private key of the client certificate', { since: '2.0' }),
    key(`${block}.security.cert-allowed-cn`, 'list', 'accepted common names of the certificate of the server', {
      items: 'text',
      since: '2.0',
    }),
    ...['ca', 'cert', 'key'].flatMap((part) => [
      key(`${block}.security.ssl-${part}-bytes`, 'list', `content of ssl-${part}, written by dmctl`, { items: 'int', since: '5.3' }),
      key(`${block}.security.ssl-${part}-base64`, 'text', `content of ssl-${part} in base64`, { since: '6.3' }),
    ]),
  ];
}
