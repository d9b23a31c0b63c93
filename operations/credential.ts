import {
  AzurePipelinesCredential,
  ClientAssertionCredential,
  DefaultAzureCredential,
  type TokenCredential,
} from "@azure/identity";
import { z } from "zod";
import { call } from "./ci/rest";
import { type Read, required } from "./required";

/** For whom Entra wants the token of a pipeline's service to be. */
const AUDIENCE = "api://AzureADTokenExchange";

/**
 * Whoever is signed in; in a pipeline, with the variables that Terraform reads too, its federated identity. What a pipeline's `az login`
 * has taken is over before a deployment has waited for runs to end, so each token is asked for anew.
 */
export function credentialOf(variables: Readonly<NodeJS.ProcessEnv>): TokenCredential {
  if (variables["ARM_USE_OIDC"] !== "true") return new DefaultAzureCredential();
  const read = required(variables);
  if (variables["ACTIONS_ID_TOKEN_REQUEST_URL"])
    return new ClientAssertionCredential(read("ARM_TENANT_ID"), read("ARM_CLIENT_ID"), () => askGitHub(read));
  if (variables["SYSTEM_OIDCREQUESTURI"])
    return new AzurePipelinesCredential(
      read("ARM_TENANT_ID"),
      read("ARM_CLIENT_ID"),
      read("ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID"),
      read("SYSTEM_ACCESSTOKEN"),
    );
  return new DefaultAzureCredential();
}

/** A token that says which workflow runs this. Source: GitHub, "OpenID Connect reference". */
export async function askGitHub(read: Read): Promise<string> {
  const url = new URL(read("ACTIONS_ID_TOKEN_REQUEST_URL"));
  url.searchParams.append("audience", AUDIENCE);
  const authorization = `Bearer ${read("ACTIONS_ID_TOKEN_REQUEST_TOKEN")}`;
  return (await call(url.href, z.object({ value: z.string() }), { headers: { authorization } })).value;
}
