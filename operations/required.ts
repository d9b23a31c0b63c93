import { UserError } from "../command-line/user-error";

/** Reads variables of the process; one that is missing is one clear error. */
export type Read = (name: string) => string;

export function required(variables: Readonly<NodeJS.ProcessEnv>): Read {
  return (name) => {
    const value = variables[name];
    if (!value) throw new UserError(`${name} is not set: the pipeline has to hand it to this step`);
    return value;
  };
}
