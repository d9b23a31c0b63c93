import type { ActivityRun, FactoryEvent, PipelineRun } from "adf-local";

const MARKS = { Succeeded: "✓", Failed: "✗", Skipped: "–", Cancelled: "✗" } as const;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const FRAME_MILLISECONDS = 120;

interface Running {
  readonly start: number;
  /** When the next attempt comes, where the last one failed. */
  readonly nextAttempt?: number;
}

/** Tells what happens: a line for everything that ended and, on a terminal, a moving one for everything that runs. */
export class Progress {
  private readonly running = new Map<string, Running>();
  private readonly live: boolean;
  private shownLines = 0;
  private frame = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.live = stream.isTTY === true;
  }

  /** Shows one piece of work from its start to its end. */
  async step<T>(name: string, work: Promise<T>): Promise<T> {
    const start = Date.now();
    this.begin(name);
    try {
      const result = await work;
      this.end(name, `✓ ${name} ${since(start)}`);
      return result;
    } catch (error) {
      this.end(name, `✗ ${name} ${since(start)}`);
      throw error;
    }
  }

  say(text: string): void {
    this.clear();
    this.stream.write(`${text}\n`);
    this.draw();
  }

  readonly observe = (event: FactoryEvent): void => {
    switch (event.kind) {
      case "runQueued":
        return this.say(`  ${event.run.pipeline} is queued: an earlier run has not ended (${by(event.run.invokedBy)})`);
      case "runStarted":
        return this.say(`▶ ${event.run.pipeline} (${by(event.run.invokedBy)})`);
      case "activityStarted":
        return this.begin(label(event.run.pipeline, event.activity));
      case "attemptFailed": {
        this.await(label(event.run.pipeline, event.activity), event.nextInSeconds);
        return this.say(`  ✗ ${event.activity} failed${after(event)}\n${indent(event.detail)}`);
      }
      case "activityEnded":
        return this.end(label(event.run.pipeline, event.activity.name), activityLine(event.activity));
      case "runEnded":
        return this.say(runLine(event.run));
    }
  };

  /** Removes what moves; nothing is shown afterwards but what is said. */
  stop(): void {
    this.clear();
    this.running.clear();
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private begin(name: string): void {
    this.running.set(name, { start: Date.now() });
    if (!this.live) return;
    this.timer ??= setInterval(() => this.redraw(), FRAME_MILLISECONDS).unref();
    this.redraw();
  }

  /** What runs waits for its next attempt, if there is one. */
  private await(name: string, seconds: number | undefined): void {
    const running = this.running.get(name);
    if (running !== undefined && seconds !== undefined)
      this.running.set(name, { ...running, nextAttempt: Date.now() + seconds * 1000 });
  }

  private end(name: string, line: string): void {
    this.running.delete(name);
    this.say(line);
  }

  private redraw(): void {
    this.frame += 1;
    this.clear();
    this.draw();
  }

  private clear(): void {
    if (this.shownLines > 0) this.stream.write(`\x1b[${this.shownLines}A\x1b[0J`);
    this.shownLines = 0;
  }

  private draw(): void {
    if (!this.live) return;
    const frame = FRAMES[this.frame % FRAMES.length];
    for (const [name, running] of this.running)
      this.stream.write(`${frame} ${name} ${state(running)}`.slice(0, this.stream.columns - 1) + "\n");
    this.shownLines = this.running.size;
  }
}

function state({ start, nextAttempt = 0 }: Running): string {
  const left = Math.ceil((nextAttempt - Date.now()) / 1000);
  return left > 0 ? `waits, next attempt in ${left} s` : since(start);
}

function label(pipeline: string, activity: string): string {
  return `${pipeline} · ${activity}`;
}

function after({ nextInSeconds, notRetried }: FactoryEvent & { readonly kind: "attemptFailed" }): string {
  if (notRetried !== undefined) return `; not tried again: ${notRetried}`;
  return nextInSeconds === undefined ? "" : `; next attempt in ${nextInSeconds} s`;
}

function by(invokedBy: string): string {
  return invokedBy === "manual" ? "started by hand" : `trigger ${invokedBy}`;
}

function activityLine({ name, status, start, end, attempts, output, kept }: ActivityRun): string {
  if (kept) return `  ${MARKS[status]} ${name} kept from the earlier run${figures(output?.["runOutput"])}`;
  const ran = attempts > 0 ? ` ${seconds(Date.parse(end) - Date.parse(start))}` : "";
  const tried = attempts > 1 ? `, ${attempts} attempts` : "";
  return `  ${MARKS[status]} ${name} ${status}${ran}${tried}${figures(output?.["runOutput"])}`;
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T/;

/** The plain values of a notebook's exit, without the dates. */
function figures(runOutput: unknown): string {
  if (typeof runOutput !== "object" || runOutput === null) return "";
  const shown = Object.entries(runOutput).filter(
    ([, value]) => typeof value !== "object" && value !== "" && !TIMESTAMP.test(String(value)),
  );
  return shown.length === 0 ? "" : ` (${shown.map(([name, value]) => `${name} ${value}`).join(", ")})`;
}

function runLine({ pipeline, status, start, end }: PipelineRun): string {
  return `${MARKS[status]} ${pipeline} ${status} ${seconds(Date.parse(end) - Date.parse(start))}`;
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "    ");
}

function since(start: number): string {
  return seconds(Date.now() - start);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
