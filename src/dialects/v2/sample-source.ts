// The sample of a source file that `operate-source --print-sample-config` prints.

export const SAMPLE_SOURCE = `# A MySQL or MariaDB server whose data DM migrates. Create it with: dmctl operate-source create FILE
source-id: mysql-replica-01

# Whether the binlog position is a GTID set. Needed to switch to another server behind the same source.
enable-gtid: false

# Whether the worker keeps a copy of the binlog (the relay log).
enable-relay: false

from:
  host: 127.0.0.1
  port: 3306
  user: root
  # Encrypt it with: dmctl encrypt -
  password: ""
`;
