import type { ZodError } from "zod";

/** All that is wrong with a request, in a line. */
export function issuesOf({ issues }: ZodError): string {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}

/** What is refused, in the shape that Azure Resource Manager gives to it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** Azure's word for the problem, such as `ResourceNotFound`. */
    readonly code: string,
    message: string,
    readonly target: string | null = null,
  ) {
    super(message);
  }

  get body(): object {
    const { code, message, target } = this;
    return { error: { code, message, target, details: null } };
  }
}
