// Test functions for features that Windows lacks: signals, file modes, sh and PATH as in POSIX, a pseudo-terminal that passes
// bytes unchanged. Such tests are skipped there, and shown as skipped.

import * as node from 'node:test';
import { isWindows } from '../../src/platform/private-files.ts';

export const test = isWindows ? node.test.skip : node.test;
export const it = isWindows ? node.it.skip : node.it;
