import { expect } from "@jest/globals";
import { TestActivity, TestRun } from "./test-run";

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** `message` says what is there; it is shown where a test expects something else. */
function verdict(pass: boolean, message: string): Verdict {
  return { pass, message: () => message };
}

function told(received: TestRun | TestActivity): string {
  return received instanceof TestRun
    ? `pipeline "${received.pipeline}" ${received.status}${because(received.message)}`
    : `activity "${received.name}" ${received.status}${because(received.error)}, it ran ${times(received.runs.length)}`;
}

const because = (message: string | undefined): string => (message === undefined ? "" : `: ${message}`);
const times = (count: number): string => (count === 1 ? "once" : `${count} times`);

function isOne(received: unknown): received is TestRun | TestActivity {
  return received instanceof TestRun || received instanceof TestActivity;
}

function need(received: unknown): TestRun | TestActivity {
  if (isOne(received)) return received;
  throw new TypeError(
    "expected a run of testFactory(...).run(...), or its activity(...); a promise of it has to be awaited",
  );
}

function needActivity(received: unknown): TestActivity {
  if (received instanceof TestActivity) return received;
  throw new TypeError('expected an activity of a run, as run.activity("name")');
}

function isFailed(received: TestRun | TestActivity, wanted: string | RegExp | undefined): boolean {
  if (received.status !== "Failed") return false;
  const message = (received instanceof TestRun ? received.message : received.error) ?? "";
  return wanted === undefined || (typeof wanted === "string" ? message.includes(wanted) : wanted.test(message));
}

expect.extend({
  toHaveSucceeded(value: unknown) {
    const received = need(value);
    return verdict(received.status === "Succeeded", told(received));
  },
  toHaveFailed(value: unknown, message?: string | RegExp) {
    const received = need(value);
    return verdict(isFailed(received, message), told(received));
  },
  toHaveBeenSkipped(value: unknown) {
    const received = needActivity(value);
    return verdict(received.status === "Skipped" && received.runs.length === 0, told(received));
  },
  toHaveRunOnce(value: unknown) {
    const received = needActivity(value);
    return verdict(received.runs.length === 1, told(received));
  },
  toHaveRunTimes(value: unknown, count: number) {
    const received = needActivity(value);
    return verdict(received.runs.length === count, told(received));
  },
});

/** What `expect` of a run or of its activity has. */
export interface RunMatchers<R> {
  /** The run, or the activity the last time that it ran, has succeeded. */
  toHaveSucceeded(): R;
  /** It has failed; with a message that holds a text or matches an expression, where one is given. */
  toHaveFailed(message?: string | RegExp): R;
  /** The activity has not run: it was skipped, or is in a branch that was not taken. */
  toHaveBeenSkipped(): R;
  /** The activity has run once; attempts that its policy repeats are one run. */
  toHaveRunOnce(): R;
  /** The activity has run so often, as in a loop. */
  toHaveRunTimes(count: number): R;
}

declare module "expect" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface Matchers<R extends void | Promise<void>> extends RunMatchers<R> {}
}

declare global {
  // The types of @types/jest are a namespace.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type
    interface Matchers<R> extends RunMatchers<R> {}
  }
}
