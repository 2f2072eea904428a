// Asks for the content of a file: flags come first, then questions on a terminal, then defaults.

import { Refusal } from '../../command/errors.ts';
import { type FlagValue, flagKey, type ParsedArgs } from '../../command/flags.ts';
import type { RunContext } from '../../invoke/context.ts';
import type { Choice } from '../../io/prompter.ts';
import { writeMessage } from '../../io/write-safe.ts';
import { goQuote } from '../../text/quote.ts';
import { inOneLine } from '../../text/sanitize.ts';

/** Why an answer is not valid and what is; undefined if it is valid. */
export type Check = (text: string) => string | undefined;

export interface Question {
  /** The flag that answers it. */
  readonly flag: string;
  readonly title: string;
  /** One line about what is asked. */
  readonly why: string;
  /** The initial text of the answer. */
  readonly suggested?: string;
  /** The answer if no user can be asked. Without one, the flag is required. */
  readonly fallback?: string;
  readonly check?: Check;
}

/** What an init without success has done. */
export const NOTHING = 'Nothing was written';

/** The answers of a user. Each method throws UsageError and Refusal for invalid flags, and Cancelled. */
export class Interview {
  private readonly context: RunContext;
  private readonly flags: Readonly<Record<string, FlagValue | undefined>>;
  private readonly given: ReadonlySet<string>;

  constructor(context: RunContext, { flags, given }: ParsedArgs) {
    this.context = context;
    this.flags = flags;
    this.given = given;
  }

  /** Whether a user can be asked. */
  get asks(): boolean {
    const { options, session } = this.context;
    return session.guide !== undefined && !options.quiet && !options.yes;
  }

  /** Whether a flag was given. */
  has(flag: string): boolean {
    return this.given.has(flag);
  }

  /** The value of a flag as it was given. */
  value(flag: string): string {
    return String(this.flags[flagKey(flag)]);
  }

  isOn(flag: string): boolean {
    return this.flags[flagKey(flag)] === true;
  }

  /** A text that is not empty. */
  async text(question: Question): Promise<string> {
    const { flag, title, why, suggested = question.fallback ?? '', fallback } = question;
    if (this.has(flag)) return this.checked(flag, this.value(flag), question.check);
    const { guide } = this.context.session;
    if (!guide || !this.asks) {
      if (fallback !== undefined) return fallback;
      throw new Refusal(`--${flag} is missing: ${why}. ${NOTHING}`);
    }
    await this.explain(why);
    return await this.untilValid(
      question.check ?? isAny,
      (text) => guide.prompter.input(`${title}:`, text, this.context.signal),
      suggested,
    );
  }

  /** Texts, none of them empty. `choices`: what a user can choose from; none for free text. */
  async texts(question: Question, choices: readonly Choice[] = []): Promise<readonly string[]> {
    const { flag, title, why, suggested = question.fallback ?? '', fallback, check = isAny } = question;
    if (this.has(flag)) return (this.flags[flagKey(flag)] as readonly string[]).map((text) => this.checked(flag, text, check));
    const { guide } = this.context.session;
    if (!guide || !this.asks) {
      if (fallback !== undefined) return itemsOf(fallback);
      throw new Refusal(`--${flag} is missing: ${why}. ${NOTHING}`);
    }
    await this.explain(why);
    if (choices.length > 0) return await guide.prompter.checkbox(`${title}:`, choices, this.context.signal);
    const all: Check = (text) =>
      itemsOf(text).length === 0
        ? 'enter at least one'
        : itemsOf(text)
            .map(check)
            .find((why) => why !== undefined);
    const ask = (text: string): Promise<string> => guide.prompter.input(`${title}:`, text, this.context.signal);
    return itemsOf(await this.untilValid(all, ask, suggested));
  }

  /** One of a few values. */
  async choice(
    question: Omit<Question, 'check' | 'suggested'>,
    choices: readonly (readonly [value: string, about: string])[],
  ): Promise<string> {
    const { flag, title, why, fallback } = question;
    const values = choices.map(([value]) => value);
    const check: Check = (text) => (values.includes(text) ? undefined : `use ${values.join(', ')}`);
    if (this.has(flag)) return this.checked(flag, this.value(flag), check);
    const { guide } = this.context.session;
    if (!guide || !this.asks) {
      if (fallback !== undefined) return fallback;
      throw new Refusal(`--${flag} is missing: ${why}. ${NOTHING}`);
    }
    await this.explain(why);
    const listed = choices.map(([value, about]) => ({ value, short: value, label: `${value.padEnd(12)} ${about}`.trimEnd() }));
    return await guide.prompter.select(`${title}:`, listed, this.context.signal);
  }

  /** Yes or no. No user, and no flag: no. */
  async yes(flag: string, title: string, why: string): Promise<boolean> {
    if (this.has(flag)) return this.isOn(flag);
    return (await this.choice({ flag, title, why, fallback: 'no' }, NO_OR_YES)) === 'yes';
  }

  private async explain(why: string): Promise<void> {
    await writeMessage(this.context.io.stderr, `${why.charAt(0).toUpperCase()}${why.slice(1)}.\n`);
  }

  private checked(flag: string, text: string, check: Check = isAny): string {
    const problem = text.trim() === '' ? 'it is empty' : check(text);
    if (problem === undefined) return text;
    throw new Refusal(`invalid value ${goQuote(text)} in --${flag}: ${problem}. ${NOTHING}`);
  }

  private async untilValid(check: Check, ask: (suggested: string) => Promise<string>, suggested: string): Promise<string> {
    for (let text = suggested; ; ) {
      text = await ask(text);
      const problem = check(text);
      if (problem === undefined) return text;
      await writeMessage(this.context.io.stderr, `invalid value ${inOneLine(goQuote(text))}: ${problem}\n`);
    }
  }
}

const NO_OR_YES = [
  ['no', ''],
  ['yes', ''],
] as const;

const isAny: Check = () => undefined;

/** The items of a text with commas. */
export const itemsOf = (text: string): readonly string[] => text.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
