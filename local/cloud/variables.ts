import { writeFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { SIGNED_IN } from "azure-laptop/identity";

export type Variables = Readonly<Record<string, string>>;

/** The subscription of what runs on this machine. */
export const LAPTOP: string = SIGNED_IN.subscriptionId;

/** Other ways to sign in, or past the proxy: a program that has several refuses to choose, or takes Azure's. */
const OTHERS =
  /^(ARM_|AZURE_|DATABRICKS_|ACTIONS_ID_TOKEN_|SYSTEM_OIDC|no_proxy$|https_proxy$|NO_PROXY$|SSL_CERT_DIR$)/;

export interface Proxy {
  /** With what lets somebody in. */
  readonly url: string;
  /** PEM. */
  readonly certificate: string;
}

/** What makes programs ask this machine in the place of Azure; whom they trust is written to a file. */
export function variablesOf({ url, certificate }: Proxy, certificates: string): Variables {
  writeFileSync(certificates, [certificate, ...rootCertificates].join("\n"), { mode: 0o600 });
  const { tenantId, clientId } = SIGNED_IN;
  return {
    HTTPS_PROXY: url,
    NO_PROXY: "127.0.0.1,localhost",
    SSL_CERT_FILE: certificates,
    NODE_EXTRA_CA_CERTS: certificates,
    REQUESTS_CA_BUNDLE: certificates,
    ...signIn("ARM", { TENANT_ID: tenantId, CLIENT_ID: clientId, CLIENT_SECRET: "laptop", SUBSCRIPTION_ID: LAPTOP }),
    ...signIn("AZURE", { TENANT_ID: tenantId, CLIENT_ID: clientId, CLIENT_SECRET: "laptop" }),
  };
}

function signIn(prefix: string, values: Variables): Variables {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}_${name}`, value]));
}

/** The variables of this process with those over them, and without other sign-ins. */
export function withVariables(environment: NodeJS.ProcessEnv, variables: Variables): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !OTHERS.test(name));
  return { ...Object.fromEntries(kept), ...variables };
}
