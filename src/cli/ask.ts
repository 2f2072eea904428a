// Questions on the terminal.

import inquirer from 'inquirer';
import { Interrupted } from '../core/errors.ts';
import type { QuestionIO } from '../core/io.ts';

/** Asks whether to go on; no is the answer of a mere Enter, and of Ctrl-C. */
export async function askWhether(question: string, terminal: QuestionIO): Promise<boolean> {
  const prompt = inquirer.createPromptModule({ input: terminal.input, output: terminal.messages });
  try {
    const { answer } = await prompt([{ type: 'confirm', name: 'answer', message: question, default: false }]);
    return answer;
  } catch (e) {
    if ((e as Error).name === 'ExitPromptError') return false;
    throw e;
  }
}

/** Asks for a text that is not shown while it is typed. The question goes to standard error. Throws Interrupted on Ctrl-C. */
export async function askSecret(question: string, terminal: QuestionIO): Promise<string> {
  const prompt = inquirer.createPromptModule({ input: terminal.input, output: terminal.messages });
  try {
    const { answer } = await prompt([{ type: 'password', name: 'answer', message: `${question}:` }]);
    return answer;
  } catch (e) {
    if ((e as Error).name === 'ExitPromptError') throw new Interrupted();
    throw e;
  }
}
