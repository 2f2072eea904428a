// A response in one line: the values that must be equal in the sandbox and in a real DM 1.0.1 cluster, without those that depend
// on the environment (positions, GTIDs, addresses of databases, stacks, long texts).

type Message = Record<string, unknown>;

const list = (value: unknown) => (value ?? []) as Message[];

/** `38032/dm-master/internal/high > 40055/…  +stack`: the codes of a text, or the text itself if it has none. */
export function summariseText(value: unknown): string {
  const text = String(value ?? '');
  if (text === '') return '-';
  const stack = /\n\t/.test(text.replace(/ detail: \{[\s\S]*\n\t\}/, '')) ? ' +stack' : '';
  const codes = [...text.matchAll(/\[code=(\d+):class=([\w-]+):scope=([\w-]+):level=(\w+)\]/g)].map((m) => m.slice(1).join('/'));
  if (codes.length === 0) return JSON.stringify(named(text));
  return codes.join(' > ') + precheck(text) + stack;
}

/** The summary of a pre-check, and the number of items per text. */
function precheck(text: string): string {
  const detail = / detail: (\{[\s\S]*\n\t\})/.exec(text)?.[1];
  if (!detail) return '';
  const { results, summary } = JSON.parse(detail) as { results: Message[]; summary: Message };
  const fields = Object.keys(results[0] ?? {}).join(',');
  const ids = results.map((r) => Number(r.id)).sort((a, b) => a - b);
  const complete = ids.every((id, i) => id === i);
  return ` [${fields}] ids ${complete ? 'complete' : 'odd'} ${Object.values(summary).join('/')}`;
}

/** Addresses by their short names; `W1` is the first worker. */
export function named(text: string): string {
  return text.replaceAll('127.0.0.1:8262', 'W1').replaceAll('127.0.0.1:8263', 'W2');
}

function result(value: unknown): string {
  if (!value) return 'null';
  const { isCanceled, errors } = value as { isCanceled: boolean; errors: Message[] };
  return `${isCanceled ? 'canceled' : 'done'}[${errors.map((e) => `${e.Type} ${summariseText(e.msg)}`).join()}]`;
}

/** `relay`: with the suffix of the sub-directory. `plain`: without it. `none`: no file yet. */
function form(position: unknown): string {
  const text = String(position);
  if (/^\(,/.test(text)) return text;
  return text.includes('|') ? 'relay' : 'plain';
}

function subTaskStatus(task: Message): string {
  const head = `${task.name} ${task.stage} ${task.unit} ${result(task.result)} lock=${task.unresolvedDDLLockID || '-'}`;
  if ('msg' in task) return `${head} msg ${summariseText(task.msg)}`;
  if ('dump' in task) return `${head} dump`;
  if ('load' in task) return `${head} load ${(task.load as Message).progress}`;
  if (!('sync' in task)) return head;
  const sync = task.sync as Message;
  const groups = list(sync.unresolvedGroups).map(
    (g) => `${g.target} ${form(g.firstPos)} synced ${list(g.synced).length} unsynced ${list(g.unsynced).length}`,
  );
  const events = String(sync.totalEvents) === '0' ? 'no' : 'some';
  return `${head} sync master ${form(sync.masterBinlog)} at ${form(sync.syncerBinlog)} ${events} events blocking ${list(sync.blockingDDLs).length} groups [${groups}]`;
}

function relay(value: unknown): string {
  if (!value) return 'no relay';
  const status = value as Message;
  const suffix = /\.(\d{6})$/.exec(String(status.relaySubDir))?.[1];
  const where = `${form(status.masterBinlog)} ${form(status.relayBinlog)}`;
  return `relay ${status.stage} ${result(status.result)} ${suffix} ${where} ${status.relayCatchUpMaster ? 'caught up' : 'behind'}`;
}

function subTaskError(task: Message): string {
  const head = `${task.name || '-'} ${task.stage} ${task.unit}`;
  if ('msg' in task) return `${head} msg ${summariseText(task.msg)}`;
  const member = ['dump', 'load', 'sync'].find((key) => key in task) ?? 'none';
  const errors = list((task.sync as Message | undefined)?.errors);
  const shown = errors.map(
    (e) => `${summariseText(e.msg)} at ${form(e.failedBinlogPosition)} ${/^\[.*\]$/s.test(String(e.errorSQL)) ? '[sql]' : 'odd sql'}`,
  );
  return `${head} ${member} [${shown}]`;
}

function entry(e: Message): string {
  const meta = (e.meta ?? e) as Message;
  const parts = [meta.worker || '""', 'result' in meta ? meta.result : '', summariseText(meta.msg)];
  if ('op' in e) parts.push(e.op);
  if ('logID' in e) parts.push(`#${e.logID}`);
  if ('subTaskStatus' in e) parts.push(`{${list(e.subTaskStatus).map(subTaskStatus).join('; ')}}`, relay(e.relayStatus), e.sourceID || '-');
  if ('subTaskError' in e) {
    parts.push(
      `{${list(e.subTaskError).map(subTaskError).join('; ')}}`,
      `relay error ${e.RelayError ? JSON.stringify(e.RelayError) : 'null'}`,
    );
  }
  return parts.join(' ');
}

function lock(l: Message): string {
  return `${l.ID} of ${l.task} owner ${l.owner} ${list(l.DDLs).length} DDL synced [${[...list(l.synced)].sort()}] unsynced [${[...list(l.unsynced)].sort()}]`;
}

/** The whole response, as `decode` returns it. */
export function summarise(response: Message): string {
  const head = [response.op, response.result, summariseText(response.msg), response.worker].filter((v) => v !== undefined && v !== '');
  const parts = [...list(response.workers).map(entry), ...list(response.locks).map(lock)];
  return named([head.join(' '), ...parts].join(' | '));
}
