// DM 1.0's errors, loaded when one is explained.

import type { ErrorCatalog } from '../../../domain/error-catalog.ts';
import { adviceOf } from './advice.ts';
import { CODES, entryOf, RANGES, rangeOf } from './codes.ts';

export const errorCatalog: ErrorCatalog = { codes: CODES, ranges: RANGES, entryOf, rangeOf, adviceOf };
