import { decryptText } from '../../../command/decrypt-text.ts';
import { InputError, Rejected } from '../../../command/errors.ts';
import type { StepContext, StepResult } from '../../../command/spec.ts';
import { encryptPassword } from '../../../domain/password-cipher.ts';
import type { EncryptResponse } from '../../../wire/generated/v2.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { sentence } from '../texts.ts';

/** Encrypts with the key that DM 2.0 to 7.x share. From 8.0 on each DM-master has a key of its own and encrypts (dm-facts 4.5). */
export const encrypt = (has: Has) =>
  defineCommand({
    name: 'encrypt',
    usage: '<plain-text>',
    moreUsage: ['-'],
    summary: sentence('Encrypts plain text to cipher text', has),
    since: '2.0.4',
    examples: ['encrypt', 'encrypt -'],
    args: { min: 0, max: 1, names: ['<plain-text>'], kinds: ['none'] },
    flags: [],
    takesTargets: false,
    mutating: false,
    method: 'Encrypt',
    request: ({ args }) => ({ plaintext: args[0] ?? '' }),
    steps: (parsed) => (has('8.0') ? encryptByMaster(parsed.args[0] ?? '-') : encryptHere(parsed.args[0] ?? '-')),
    failure: () => 'can not encrypt plaintext:\n',
    present: async (answer: EncryptResponse) => ({
      columns: [{ title: 'CIPHERTEXT' }],
      rows: [{ key: '', name: answer.ciphertext, cells: [answer.ciphertext] }],
      notes: [],
    }),
  });

const encryptHere =
  (text: string) =>
  async (context: StepContext): Promise<StepResult> => ({
    text: `${encryptPassword(await context.readSecret(text, 'Password to encrypt'))}\n`,
    failed: false,
  });

const encryptByMaster =
  (text: string) =>
  async (context: StepContext): Promise<StepResult> => {
    const plain = await context.readSecret(text, 'Password to encrypt');
    if (plain.length === 0) throw new InputError('the password is empty. Nothing was sent');
    const plaintext = plain.toString('utf8');
    if (!Buffer.from(plaintext).equals(plain)) throw new InputError('the password is not valid UTF-8. Nothing was sent');
    await context.note('note: the DM-master encrypts with its own key, and writes the password into its log');
    const { result, msg, ciphertext } = (await context.call('Encrypt', { plaintext })) as EncryptResponse;
    if (!result) throw new Rejected(msg || 'the DM-master returned no reason');
    return { text: `${ciphertext}\n`, failed: false };
  };

export const decrypt = () =>
  defineCommand({
    name: 'decrypt',
    usage: '<cipher-text>',
    moreUsage: ['-'],
    summary: 'Decrypts cipher text to plain text',
    since: '2.0.4',
    until: '8.0',
    examples: ['decrypt', 'decrypt -'],
    args: { min: 0, max: 1, names: ['<cipher-text>'], kinds: ['none'] },
    flags: [],
    takesTargets: false,
    mutating: false,
    method: 'Encrypt',
    request: () => ({}),
    steps: (parsed) => async (context) => {
      const cipherText = await context.readSecret(parsed.args[0] ?? '-', 'Ciphertext to decrypt');
      return { text: `${decryptText(cipherText.toString('utf8').trim())}\n`, failed: false };
    },
    present: async () => ({ columns: [], rows: [], notes: [] }),
  });
