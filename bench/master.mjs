// The DM-master of the benchmarks, in a separate process. Prints its address and runs until it is killed.
//   node bench/master.mjs large     the answer to a query without a name (default: tiny)

import { startScriptedMaster } from '../tools/scripted-master.mjs';
import { SIZES } from './answers.mjs';

const answers = new Map();

/** Reads the name, the only field that the benchmarks set: field 1, one byte of length. */
function nameOf(request) {
  return request.length > 2 ? request.subarray(2).toString() : (process.argv[2] ?? 'tiny');
}

const master = await startScriptedMaster(({ method, request }) => {
  if (method !== 'QueryStatus') return { message: Buffer.from([8, 1]) };
  const name = nameOf(request);
  if (!answers.has(name)) answers.set(name, (SIZES[name] ?? SIZES.tiny)());
  return { message: answers.get(name) };
});
console.log(master.address);
