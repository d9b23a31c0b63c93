import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

const claims = z.object({ iss: z.string(), sub: z.string(), aud: z.string() });

/** Whoever only plans, signed in as in a pipeline: by a token that stands for the identity which the bootstrap makes. */
export class Planner {
  private readonly token: string;
  private clientId = "";

  /** Takes the file of a token whose issuer and subject the identity is to trust. */
  constructor(file: string) {
    this.token = resolve(file);
  }

  /** Lets an environment's file trust the token, for the planner alone. */
  admit(environment: string): void {
    const payload = readFileSync(this.token, "utf8").split(".")[1] ?? "";
    const { iss, sub, aud } = claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
    const federation = { issuer: iss, audience: aud, deployer: [`${sub}:deployer`], planner: [sub] };
    writeFileSync(environment, setting(readFileSync(environment, "utf8"), "federation", federation));
  }

  /** Takes the identity's client id from what the bootstrap prints. */
  recognize(printed: string): void {
    this.clientId = /^planner_client_id = "(.+)"$/m.exec(printed)?.[1] ?? "";
  }

  /** The variables of a process that works as the planner and nobody else. */
  get variables(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ARM_CLIENT_SECRET: undefined,
      AZURE_CLIENT_SECRET: undefined,
      ARM_USE_OIDC: "true",
      ARM_CLIENT_ID: this.clientId,
      ARM_OIDC_TOKEN_FILE_PATH: this.token,
      AZURE_CLIENT_ID: this.clientId,
      AZURE_FEDERATED_TOKEN_FILE: this.token,
    };
  }
}

/** The text of an environment's file with one setting more. */
export function setting(source: string, name: string, value: object): string {
  return source.replace(/\n}[^}]*$/, (end) => `\n  ${name}: ${JSON.stringify(value)},${end}`);
}
