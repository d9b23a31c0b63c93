export interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** What was expected of commands, told as it is seen. */
export class Expectations {
  private passed = 0;
  private failed = 0;

  expect(what: string, { code, text }: Outcome, wanted: { readonly code: number; readonly says: RegExp }): void {
    const ok = code === wanted.code && wanted.says.test(text);
    console.log(`${ok ? "ok    " : "FAILED"} ${what}`);
    if (ok) this.passed += 1;
    else this.failed += 1;
    if (!ok) console.log(text);
  }

  /** Tells the sum, which the exit code of the process says too. */
  end(): void {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed > 0 ? 1 : 0;
  }
}
