import { z } from "zod";

const check = z.looseObject({
  check_id: z.string(),
  check_name: z.string(),
  file_path: z.string(),
  resource: z.string(),
});

const framework = z.looseObject({
  check_type: z.string(),
  results: z.looseObject({
    passed_checks: z.array(check),
    failed_checks: z.array(check),
    parsing_errors: z.array(z.string()).default([]),
  }),
});

/** What checkov says of one resource. */
export interface Finding {
  readonly check: string;
  readonly name: string;
  /** The stack with its environment, such as `dev-foundation`. */
  readonly stack: string;
  /** Name of the resource in the stack, without its type. */
  readonly resource: string;
}

export interface Report {
  readonly passed: readonly Finding[];
  readonly failed: readonly Finding[];
  /** Files that checkov could not read. */
  readonly unread: readonly string[];
}

/** Reads what `checkov --output json` prints; where it scanned nothing that is a summary without results, and the report is empty. */
export function readReport(printed: string): Report {
  const parsed: unknown = JSON.parse(printed);
  const frameworks = (Array.isArray(parsed) ? parsed : [parsed])
    .filter((entry: object) => "results" in entry)
    .map((entry) => framework.parse(entry).results);
  const findings = (checks: readonly z.infer<typeof check>[]): readonly Finding[] =>
    checks.map(({ check_id, check_name, file_path, resource }) => ({
      check: check_id,
      name: check_name,
      stack: file_path.split("/").at(-2) ?? "",
      resource: resource.split(".").at(-1)!,
    }));
  return {
    passed: frameworks.flatMap(({ passed_checks }) => findings(passed_checks)),
    failed: frameworks.flatMap(({ failed_checks }) => findings(failed_checks)),
    unread: frameworks.flatMap(({ parsing_errors }) => parsing_errors),
  };
}
