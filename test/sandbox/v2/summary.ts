// A response in one line: the values that must be equal in the sandbox and in a real DM 8.1.0 cluster, without those that depend
// on the environment (positions, GTIDs, addresses, names of workers, long texts).

type Message = Record<string, unknown>;

const list = (value: unknown) => (value ?? []) as Message[];

/** The codes of a text, or the text itself if it has none. The result of a pre-check is `check ok` or `check failed`. */
export function summariseText(value: unknown): string {
  const text = String(value ?? '');
  if (text === '') return '-';
  if (/pre-check is passed|no errors but some warnings/.test(text)) return 'check ok';
  const codes = [...text.matchAll(/\[code=(\d+):class=([\w-]+):scope=([\w-]+):level=(\w+)\]/g)].map((m) => m.slice(1).join('/'));
  if (codes.includes('26005/dm-master/internal/medium')) return 'check failed';
  return codes.length === 0 ? JSON.stringify(text) : codes.join(' > ');
}

function result(value: unknown): string {
  if (!value) return 'null';
  const { isCanceled, errors } = value as { isCanceled: boolean; errors: Message[] };
  const shown = list(errors).map(
    (e) => `${e.ErrCode}/${e.ErrClass}/${e.ErrScope}/${e.ErrLevel}${/origin SQL/.test(String(e.Message)) ? ' sql' : ''}`,
  );
  return `${isCanceled ? 'canceled' : 'done'}[${shown}]`;
}

function subTask(task: Message): string {
  const head = `${task.name} ${task.stage} ${task.unit} ${result(task.result)}${task.validation ? ' validated' : ''}`;
  if (task.dump) return `${head} dump`;
  if (task.load) return `${head} load${/^100/.test(String((task.load as Message).progress)) ? ' done' : ''}`;
  if (!task.sync) return head;
  const sync = task.sync as Message;
  const groups = list(sync.unresolvedGroups).map(
    (g) => `${g.target} ${list(g.DDLs).length} DDLs ${list(g.synced).length}/${list(g.unsynced).length}`,
  );
  return `${head} ${sync.binlogType} blocking ${list(sync.blockingDDLs).length} groups [${groups}]`;
}

function relay(value: unknown): string {
  if (!value) return 'no relay';
  const status = value as Message;
  return `relay ${status.stage} ${result(status.result)} ${status.relayCatchUpMaster ? 'caught up' : 'behind'}`;
}

function entry(e: Message): string {
  const status = e.sourceStatus as Message | undefined;
  const { source, worker } = status ?? e;
  const where = worker === '' ? 'no worker' : /not bound/.test(String(worker)) ? worker : 'worker';
  const parts = [source, where, e.result, summariseText(e.msg)];
  if (status) parts.push(`{${list(e.subTaskStatus).map(subTask).join('; ')}}`, relay(status.relayStatus));
  return parts.join(' ');
}

function lock(l: Message): string {
  return `${l.ID} ${l.task} ${l.mode} owner ${l.owner || '-'} ${list(l.DDLs).length} DDLs synced [${[...list(l.synced)].sort()}] unsynced [${[...list(l.unsynced)].sort()}]`;
}

function member(m: Message): string {
  if (m.leader) return `leader ${(m.leader as Message).name || 'none'}`;
  if (m.master) return `masters [${list((m.master as Message).masters).map((x) => x.name)}]`;
  return `workers [${list((m.worker as Message).workers)
    .map((w) => `${w.name} ${w.stage} ${w.source || '-'}`)
    .sort()}]`;
}

const validator = (v: Message): string => `${v.task} ${v.source} ${v.mode} ${v.stage} ${result(v.result)} ${v.errorRowsStatus}`;

/** The whole response. */
export function summarise(response: Message): string {
  const head = [response.op, response.result, summariseText(response.msg)].filter((v) => v !== undefined);
  if (response.checkResult) head.push(summariseText(response.checkResult));
  if (response.cfg) head.push(`keys ${[...String(response.cfg).matchAll(/^([\w-]+)(?::| =)/gm)].map((m) => m[1]).join()}`);
  const parts = [
    ...list(response.sources).map(entry),
    ...list(response.locks).map(lock),
    ...list(response.members).map(member),
    ...list(response.validators).map(validator).sort(),
    ...list(response.error)
      .map((e) => `${e.errorType} ${e.status}`)
      .sort(),
  ];
  return [head.join(' '), ...parts].join(' | ');
}
