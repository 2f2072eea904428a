// Source files: the one of a source of the demonstrations, and how a DM-master shows one.

import { writeYaml } from '../../text/yaml.ts';
import type { Source } from './state.ts';

/** The source file of a source of the demonstrations. */
export const sourceText = (id: string, port: number): string => `source-id: ${id}
enable-gtid: false
from:
  host: 127.0.0.1
  port: ${port}
  user: root
  password: ""
`;

/** The whole configuration of a source, with every key. */
export function sourceConfig({ id, config }: Source, password: string): Record<string, unknown> {
  const { from, ...own } = config;
  const database = { host: '', port: 3306, user: '', password, 'max-allowed-packet': null, session: {}, security: null };
  return {
    enable: true,
    'enable-gtid': false,
    'auto-fix-gtid': false,
    'relay-dir': 'relay-dir',
    'meta-dir': '',
    flavor: 'mysql',
    charset: '',
    'enable-relay': false,
    'relay-binlog-name': '',
    'relay-binlog-gtid': '',
    'source-id': id,
    from: { ...database, ...(from as object | undefined), password },
    purge: { interval: 3600, expires: 0, 'remain-space': 15 },
    checker: {
      'check-enable': true,
      'backoff-rollback': '5m0s',
      'backoff-max': '5m0s',
      'check-interval': '5s',
      'backoff-min': '1s',
      'backoff-jitter': true,
      'backoff-factor': 2,
    },
    'server-id': 429569792,
    tracer: {},
    'case-sensitive': false,
    filters: [],
    ...own,
  };
}

/** The configuration of a source as YAML. */
export const sourceYaml = (source: Source, password: string): string => writeYaml(sourceConfig(source, password));
