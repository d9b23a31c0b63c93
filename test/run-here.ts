/** What a program shows, and with what code it ends. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly shown: string;
}

/** Ends the work of a program in the place of its process. */
class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** Runs what a program's `main.ts` calls in this process: to start one and compile takes seconds. */
export async function runHere(program: () => unknown): Promise<Ended> {
  const written: (readonly ["stdout" | "stderr", string])[] = [];
  const spies = [
    jest.spyOn(console, "log").mockImplementation((...texts) => void written.push(["stdout", `${texts.join(" ")}\n`])),
    jest
      .spyOn(console, "error")
      .mockImplementation((...texts) => void written.push(["stderr", `${texts.join(" ")}\n`])),
    jest.spyOn(process.stdout, "write").mockImplementation((text) => written.push(["stdout", String(text)]) > 0),
    jest.spyOn(process, "exit").mockImplementation((code) => {
      throw new Exit(Number(code ?? 0));
    }),
  ];
  const { exitCode } = process;
  try {
    return ended(await statusOf(program), written);
  } finally {
    process.exitCode = exitCode;
    for (const spy of spies) spy.mockRestore();
  }
}

async function statusOf(program: () => unknown): Promise<number> {
  try {
    await program();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}

function ended(status: number, written: readonly (readonly ["stdout" | "stderr", string])[]): Ended {
  const text = (...to: readonly string[]) =>
    written.flatMap(([stream, part]) => (to.includes(stream) ? part : [])).join("");
  return { status, stdout: text("stdout"), stderr: text("stderr"), shown: text("stdout", "stderr") };
}
