// The dialect until a master has reported its generation. A second generation is chosen here.

import type { Dialect } from '../command/spec.ts';
import { v1 } from '../dialects/v1/index.ts';

export const defaultDialect: Dialect = v1;
