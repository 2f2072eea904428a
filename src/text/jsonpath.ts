// JSONPath (RFC 9535), with or without kubectl's braces, and with or without $.

import { FunctionExpressionType, JSONPathEnvironment } from 'json-p3';
import { regexpTester } from './regexp.ts';

/** Expressions may come from the answer itself. A longer one matches nothing. */
const MAX_EXPRESSION = 1000;
const MAX_KEPT = 16;

type Tester = ReturnType<typeof regexpTester>;

/** The tester of an RFC 9485 expression (I-Regexp), in which a dot matches no line end; undefined for an invalid one. */
function testerOf(expression: string): Tester {
  return regexpTester(expression.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\./gs, (part) => (part === '.' ? '[^\\n\\r]' : part)));
}

/**
 * match() and search() with RE2, because JavaScript's own expressions can take exponential time. Values that are not texts and
 * invalid expressions do not match.
 */
function regexpFunction(how: 'whole' | 'part'): { argTypes: FunctionExpressionType[]; returnType: FunctionExpressionType; call: unknown } {
  const kept = new Map<string, Tester>();
  const call = (text: unknown, expression: unknown): boolean => {
    if (typeof text !== 'string' || typeof expression !== 'string' || expression.length > MAX_EXPRESSION) return false;
    if (!kept.has(expression)) {
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(expression, testerOf(expression));
    }
    return kept.get(expression)?.[how](text) ?? false;
  };
  const { ValueType, LogicalType } = FunctionExpressionType;
  return { argTypes: [ValueType, ValueType], returnType: LogicalType, call };
}

class Environment extends JSONPathEnvironment {
  protected override setupFilterFunctions(): void {
    super.setupFilterFunctions();
    this.functionRegister.set('match', regexpFunction('whole') as never);
    this.functionRegister.set('search', regexpFunction('part') as never);
  }
}

const environment = new Environment();

/** Returns a function that finds the values of a path. Throws Error that describes the problem with the path. */
export function jsonPath(text: string): (value: unknown) => readonly unknown[] {
  const whole = text.trim();
  const bare = whole.startsWith('{') && whole.endsWith('}') ? whole.slice(1, -1).trim() : whole;
  const path = bare.startsWith('$') ? bare : bare.startsWith('.') || bare.startsWith('[') ? `$${bare}` : `$.${bare}`;
  let query: ReturnType<typeof environment.compile>;
  try {
    query = environment.compile(path);
  } catch (e) {
    throw new Error(`${JSON.stringify(text)} is not a valid JSONPath: ${(e as Error).message}. Use for example $.workers[*].worker`);
  }
  return (value) => query.query(value as Parameters<typeof query.query>[0]).values();
}
