// Configurations that the master returns: on the screen, or written to a file.

import type { StepContext, StepResult, Steps } from '../../command/spec.ts';
import type { View } from '../../presenters/view.ts';
import type { CfgType, GetCfgResponse } from '../../wire/generated/v2.ts';

export type ConfigType = CfgType;

/** Fetches a configuration and writes it to a file; undefined if there is no file. The file is written only for a success. */
export function configSteps(file: string, type: () => ConfigType, name: string): Steps | undefined {
  if (file === '') return undefined;
  return async (context: StepContext): Promise<StepResult> => {
    const answer = (await context.call('GetCfg', { type: type(), name })) as GetCfgResponse;
    if (!answer.result) return { value: answer, failed: true };
    await context.writeText(file, answer.cfg);
    return { value: { result: true, msg: `write config to file ${file} succeed`, cfg: '' }, failed: false };
  };
}

/** A configuration as lines. */
export function configView({ result, msg, cfg }: GetCfgResponse): View {
  if (!result) return { columns: [], rows: [], notes: [{ tone: 'bad', line: msg || 'the DM-master returned no configuration' }] };
  const lines = cfg.replace(/\n$/, '').split('\n');
  return {
    columns: [{ title: 'CONFIGURATION' }],
    rows: lines.map((line, i) => ({ key: String(i), name: line, cells: [line] })),
    notes: [],
  };
}
