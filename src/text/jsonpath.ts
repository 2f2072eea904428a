// JSONPath (RFC 9535) as people write it: with the braces of kubectl or without, with $ or without.

import { FunctionExpressionType, JSONPathEnvironment } from 'json-p3';
import { regexpTester } from './regexp.ts';

/** Expressions may come from the answer itself: a longer one matches nothing. */
const MAX_EXPRESSION = 1000;
const MAX_KEPT = 16;

type Tester = ReturnType<typeof regexpTester>;

/** The tester of an expression of RFC 9485 (I-Regexp), in which a dot stands for no line end; undefined for what is none. */
function testerOf(expression: string): Tester {
  return regexpTester(expression.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\./gs, (part) => (part === '.' ? '[^\\n\\r]' : part)));
}

/** match() and search() by RE2: JavaScript's own expressions can take for ever. What is no text or no expression does not match. */
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

/** What finds the values of a path in a value. Throws Error that says what is wrong with the path. */
export function jsonPath(text: string): (value: unknown) => readonly unknown[] {
  const whole = text.trim();
  const bare = whole.startsWith('{') && whole.endsWith('}') ? whole.slice(1, -1).trim() : whole;
  const path = bare.startsWith('$') ? bare : bare.startsWith('.') || bare.startsWith('[') ? `$${bare}` : `$.${bare}`;
  let query: ReturnType<typeof environment.compile>;
  try {
    query = environment.compile(path);
  } catch (e) {
    throw new Error(`${JSON.stringify(text)} is no JSONPath: ${(e as Error).message}; write for example $.workers[*].worker`);
  }
  return (value) => query.query(value as Parameters<typeof query.query>[0]).values();
}
