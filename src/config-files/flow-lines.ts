// DM does not look at the indentation inside brackets and quotes. The yaml package does, and this makes up for it.

const QUOTES = new Set(['"', "'"]);

/** Walks over a YAML text and replaces line breaks inside brackets and quotes by spaces. Offsets stay the same. */
class FlowJoiner {
  private readonly out: string[];
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
    this.out = text.split('');
  }

  join(): string {
    while (this.at < this.text.length) this.line();
    return this.out.join('');
  }

  private get char(): string {
    return this.text[this.at] ?? '';
  }

  /** One line outside of brackets, with the brackets and quotes that begin in it. */
  private line(): void {
    const indent = this.spaces();
    let fresh = true; // a value may begin here
    while (this.at < this.text.length && this.char !== '\n') {
      const { char } = this;
      if (fresh && QUOTES.has(char)) this.quoted();
      else if (fresh && (char === '[' || char === '{')) this.brackets();
      else if (fresh && (char === '|' || char === '>')) {
        this.blockScalar(indent);
        return;
      } else if (char === '#' && /\s/.test(this.text[this.at - 1] ?? ' ')) this.toLineEnd();
      else {
        const isIndicator = /[-:?]/.test(char) && /\s/.test(this.text[this.at + 1] ?? ' ');
        if (fresh && (char === '&' || char === '!')) this.word();
        else this.at += 1;
        fresh = isIndicator || (fresh && (char === ' ' || char === '\t' || char === '&' || char === '!'));
        continue;
      }
      fresh = false;
    }
    this.at += 1;
  }

  private spaces(): number {
    const start = this.at;
    while (this.char === ' ') this.at += 1;
    return this.at - start;
  }

  private word(): void {
    while (this.char !== '' && !/\s/.test(this.char)) this.at += 1;
  }

  private toLineEnd(): void {
    while (this.char !== '' && this.char !== '\n') this.at += 1;
  }

  private blank(): void {
    if (this.char !== '') this.out[this.at] = ' ';
    this.at += 1;
  }

  private quoted(): void {
    const quote = this.char;
    this.at += 1;
    while (this.char !== '' && this.char !== quote) {
      if (quote === '"' && this.char === '\\') this.at += 1;
      if (this.char === '\n' || this.char === '\r') this.blank();
      else this.at += 1;
    }
    this.at += 1;
  }

  private brackets(): void {
    let depth = 0;
    do {
      const { char } = this;
      if (char === '[' || char === '{') depth += 1;
      if (char === ']' || char === '}') depth -= 1;
      if (QUOTES.has(char) && /[\s[{,:]/.test(this.text[this.at - 1] ?? ' ')) this.quoted();
      else if (char === '#' && /\s/.test(this.text[this.at - 1] ?? '')) while (this.char !== '' && this.char !== '\n') this.blank();
      else if (char === '\n' || char === '\r' || char === '\t') this.blank();
      else this.at += 1;
    } while (depth > 0 && this.at < this.text.length);
  }

  private blockScalar(indent: number): void {
    this.toLineEnd();
    this.at += 1;
    while (this.at < this.text.length) {
      const start = this.at;
      const deeper = this.spaces() > indent;
      if (!deeper && this.char !== '\n' && this.char !== '\r') {
        this.at = start;
        return;
      }
      this.toLineEnd();
      this.at += 1;
    }
  }
}

/** The text with all that is in brackets or quotes on one line each. */
export function joinFlowLines(text: string): string {
  return new FlowJoiner(text).join();
}
