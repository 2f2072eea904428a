// The commands of each generation and release of DM. DM 1.0's are there from the start; later ones are loaded when a master
// reports one, or when a line does not fit DM 1.0.

import { topics } from '../builtins/help-topics.ts';
import { builtinsElsewhere, builtinsFor } from '../builtins/index.ts';
import { type CommandRegistry, LEAVE_WORDS, type Registries } from '../command/registry.ts';
import type { Release } from '../command/release.ts';
import type { Dialect } from '../command/spec.ts';
import { v1 } from '../dialects/v1/index.ts';

/** The registries of a command line, or of the shell and piped lines. Each exists once, so that its parser is built once. */
export function openRegistries(where: 'one-shot' | 'lines'): Registries {
  const builtins = builtinsFor(where);
  const elsewhere = builtinsElsewhere(where);
  const registryOf = (dialect: Dialect): CommandRegistry => ({
    dialect,
    builtins: builtins.filter(({ name }) => !dialect.commands.some((c) => c.name === name)),
    topics,
    elsewhere,
    ...(where === 'lines' && { leave: LEAVE_WORDS }),
    place: where === 'lines' ? 'prompt' : 'shell',
  });
  const later = new Map<string, CommandRegistry>();
  const initial = registryOf(v1);
  return {
    initial,
    of: async ({ generation, release }) => {
      if (generation === 'v1') return initial;
      const key = release ? [release.major, release.minor, release.patch].join('.') : '';
      const registry = later.get(key) ?? registryOf(await laterDialect(release));
      later.set(key, registry);
      return registry;
    },
  };
}

async function laterDialect(release: Release | undefined): Promise<Dialect> {
  const { dialectFor } = await import('../dialects/v2/index.ts');
  return dialectFor(release);
}
