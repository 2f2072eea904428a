// The runtime: Node, or Bun inside the standalone executable.

/** The version line of the runtime. */
export function runtimeVersion(): string {
  const { node, bun } = process.versions as { node: string; bun?: string };
  return bun ? `v${node} (Bun ${bun})` : `v${node}`;
}
