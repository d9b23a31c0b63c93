import { parseRequest } from "../command";
import { type LocalOptions, localOption } from "../laptop";

const DESCRIPTION =
  "Starts the triggers of a deployed environment, stops them (before a deployment changes them), or shows their state. Ends with code 1 unless all are in the requested state.";

export const readRequest = (parameters: readonly string[]) =>
  parseRequest<"start" | "stop" | "status", LocalOptions>(
    "triggers",
    DESCRIPTION,
    ["start", "stop", "status"],
    parameters,
    (program) => program.addOption(localOption()),
  );
