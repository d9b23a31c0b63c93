/** What a program shows, and with what code it ends. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Ends the work of a program in the place of its process. */
class Exit extends Error {
  constructor(readonly code: number) {
    super(`exit ${code}`);
  }
}

/** Runs what a program's `main.ts` calls in this process: to start one and compile takes seconds. */
export async function runHere(program: () => unknown): Promise<Ended> {
  let [stdout, stderr] = ["", ""];
  const spies = [
    jest.spyOn(console, "log").mockImplementation((...texts) => void (stdout += `${texts.join(" ")}\n`)),
    jest.spyOn(console, "error").mockImplementation((...texts) => void (stderr += `${texts.join(" ")}\n`)),
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      stdout += String(text);
      return true;
    }),
    jest.spyOn(process, "exit").mockImplementation((code) => {
      throw new Exit(Number(code ?? 0));
    }),
  ];
  const { exitCode } = process;
  try {
    await program();
    return { status: Number(process.exitCode ?? 0), stdout, stderr };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { status: error.code, stdout, stderr };
  } finally {
    process.exitCode = exitCode;
    for (const spy of spies) spy.mockRestore();
  }
}
