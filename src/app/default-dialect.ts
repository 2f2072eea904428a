// The dialect that is spoken while no master has said which generation it is. A second generation is chosen here.

import type { Dialect } from '../command/spec.ts';
import { v1 } from '../dialects/v1/index.ts';

export const defaultDialect: Dialect = v1;
