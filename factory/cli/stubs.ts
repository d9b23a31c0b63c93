import { z } from "zod";
import { FactoryError } from "../factory-error";
import { findName, json } from "../json";
import type { AttemptError, NotebookRunner } from "../pipelines/activities/activity";
import { readJsonFile } from "../sources/json-file";

/** What stands for the notebooks: the exit value of each by its path, or the error that it fails with. */
const stubs = z.object({
  notebooks: z
    .record(
      z.string(),
      z.union([z.strictObject({ exitValue: json.optional() }), z.strictObject({ error: z.string() })]),
    )
    .default({}),
});

/** A notebook that nothing stands for: no further attempt can help. */
class NoStub extends Error implements AttemptError {
  readonly isFinal = true;
}

/** Notebooks that do nothing and end as a file says. Without a file every notebook fails. */
export function readStubs(file: string | undefined): NotebookRunner {
  const { data, error } = stubs.safeParse(file === undefined ? {} : readJsonFile(file));
  if (data === undefined)
    throw new FactoryError(
      error.issues.map(({ path, message }) => `${String(file)}: ${path.join(".")}: ${message}`).join("\n"),
    );
  const { notebooks } = data;
  return {
    async run(path) {
      const name = findName(Object.keys(notebooks), path);
      const stub = name === undefined ? undefined : notebooks[name];
      if (stub === undefined) throw new NoStub(`nothing stands for notebook "${path}": name it in --stubs`);
      if ("error" in stub) throw new Error(stub.error);
      const { exitValue } = stub;
      const written = typeof exitValue === "string" ? exitValue : JSON.stringify(exitValue);
      return { exitValue: exitValue === undefined ? undefined : written, seconds: 0 };
    },
  };
}
