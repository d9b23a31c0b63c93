import { ExpressionError } from "../expressions/error";
import type { AttemptError } from "../pipelines/activities/activity";
import type { ActivityRun } from "./records";

/** An error with what may be known of it besides its message. */
export function known(error: unknown): AttemptError {
  return error instanceof Error ? error : new Error(String(error));
}

/** The whole story: message, and a notebook's traceback. */
export function detailOf(error: unknown): string {
  const { traceback, message } = known(error);
  return traceback ?? message;
}

/** An error in the fields of the service. */
export function failureOf(
  error: unknown,
  activity: string,
): Required<Pick<ActivityRun, "error" | "errorCode" | "failureType" | "target">> {
  const { message, errorCode, failureType = "UserError", target = activity } = known(error);
  return {
    error: message,
    errorCode: errorCode ?? (error instanceof ExpressionError ? "InvalidTemplate" : "ActionFailed"),
    failureType,
    target,
  };
}
