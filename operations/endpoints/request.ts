import { parseRequest } from "../command";

const DESCRIPTION =
  "Approves the private endpoint by which the factory of a private environment enters its workspace, or says whether it is. Ends with code 1 unless it is.";

export const readRequest = (parameters: readonly string[]) =>
  parseRequest("endpoints", DESCRIPTION, ["approve", "status"], parameters);
