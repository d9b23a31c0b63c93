import { randomUUID } from "node:crypto";

interface Question {
  readonly text: string;
  readonly until: number;
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 60_000;

/** Changes that somebody has asked for once; only what is asked for a second time, with the word given before, is done. */
export class Questions {
  private readonly open = new Map<string, Question>();

  /** A word that stands for this change, for a minute. */
  ask(text: string, now = Date.now()): string {
    const word = randomUUID();
    this.open.set(word, { text, until: now + PATIENCE });
    return word;
  }

  /** Whether the word was given for this change, and has not been used. */
  isConfirmed(text: string, word: unknown, now = Date.now()): boolean {
    const question = typeof word === "string" ? this.open.get(word) : undefined;
    if (question?.text !== text || now > question.until) return false;
    return this.open.delete(word as string);
  }
}
