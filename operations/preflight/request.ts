import { parseRequest } from "../command";

const DESCRIPTION =
  "Asks Azure, before anything is made, whether an environment can be deployed. One line a check: ok, unknown, or a problem and what to do. Ends with code 1 when there is a problem.";

export const readRequest = (parameters: readonly string[]) =>
  parseRequest("preflight", DESCRIPTION, ["check"], parameters);
