import { ApiError } from "../http/api-error";
import type { ApiRequest, Route } from "../http/route";
import { SIGNED_IN } from "./identity";

/** Seconds for which a token is good. */
const LIFE = 8 * 3_600;
const LOGIN = "https://login.microsoftonline.com";

/** Enough of Microsoft Entra ID that Azure's clients get a token: any secret or assertion is taken, for nothing of Azure is behind it. */
export function entraRoutes(now = () => Date.now()): readonly Route[] {
  const issued = (request: ApiRequest) => tokenFor(request, Math.floor(now() / 1_000));
  return [
    { method: "GET", path: "/{tenant}/v2.0/.well-known/openid-configuration", handle: endpoints },
    { method: "GET", path: "/{tenant}/.well-known/openid-configuration", handle: endpoints },
    {
      method: "GET",
      path: "/common/discovery/instance",
      handle: () => ({
        tenant_discovery_endpoint: `${LOGIN}/${SIGNED_IN.tenantId}/v2.0/.well-known/openid-configuration`,
        metadata: [],
      }),
    },
    { method: "POST", path: "/{tenant}/oauth2/v2.0/token", handle: issued },
    { method: "POST", path: "/{tenant}/oauth2/token", handle: issued },
  ];
}

function endpoints({ names }: ApiRequest): object {
  const tenant = `${LOGIN}/${names["tenant"]}`;
  return {
    issuer: `${tenant}/v2.0`,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${tenant}/oauth2/v2.0/devicecode`,
  };
}

function tokenFor({ content }: ApiRequest, now: number): object {
  const form = new URLSearchParams(content.toString("utf8"));
  if (!["client_secret", "client_assertion", "refresh_token"].some((name) => form.get(name)))
    throw new ApiError(401, "invalid_client", "AADSTS7000218: client_assertion or client_secret is missing");
  const audience = form.get("resource") ?? (form.get("scope") ?? "").split(" ")[0]!.replace(/\/\.default$/, "");
  const { tenantId, clientId, objectId } = SIGNED_IN;
  const claims = {
    ...{ aud: audience, iss: `https://sts.windows.net/${tenantId}/`, iat: now, nbf: now, exp: now + LIFE },
    ...{ appid: clientId, oid: objectId, sub: objectId, tid: tenantId, idtyp: "app", ver: "1.0" },
  };
  const part = (value: object | string) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return {
    token_type: "Bearer",
    access_token: `${part({ typ: "JWT", alg: "none" })}.${part(claims)}.${part("laptop")}`,
    expires_in: LIFE,
    ext_expires_in: LIFE,
    expires_on: String(now + LIFE),
    resource: audience,
  };
}
