import { parseRequest } from "../command";
import { DESCRIPTION, type Options, withOptions } from "./options";

const ACTIONS = ["plan", "apply", "verify", "rollback", "drift"] as const;
export type Action = (typeof ACTIONS)[number];

export const readRequest = (parameters: readonly string[]) =>
  parseRequest<Action, Options>("deploy", DESCRIPTION, ACTIONS, parameters, withOptions);
