import type { ApiRequest, Route } from "../http/route";
import { bindingOperations } from "./binding-operations";
import { clusterOperations } from "./cluster-operations";
import { experimentOperations } from "./experiment-operations";
import { grantOperations } from "./grant-operations";
import { objectOperations } from "./object-operations";
import { permissionOperations } from "./permission-operations";
import { policyOperations } from "./policy-operations";
import { scimOperations } from "./scim-operations";
import { securableOperations } from "./securable-operations";
import { routeOf, type Workspaces } from "./workspace-api";

/**
 * The part of Databricks' REST API (2.0 and 2.1) that Terraform's provider deploys with: what runs and where, what lies in the workspace's
 * folders, who may use it, and what Unity Catalog knows. `workspaces` says which workspace a host is of.
 */
export function workspaceRoutes(workspaces: Workspaces): readonly Route[] {
  const operations = [
    ...objectOperations,
    ...experimentOperations,
    ...policyOperations,
    ...clusterOperations,
    ...scimOperations,
    ...permissionOperations,
    ...securableOperations,
    ...grantOperations,
    ...bindingOperations,
  ];
  return [
    { method: "GET", path: "/oidc/.well-known/oauth-authorization-server", handle: signIn },
    ...operations.map((one) => routeOf(one, workspaces)),
  ];
}

/** Where people would sign in; Terraform's provider asks for it whatever it signs in with. */
function signIn({ host }: ApiRequest): object {
  const issuer = `https://${host}/oidc`;
  return { issuer, authorization_endpoint: `${issuer}/v1/authorize`, token_endpoint: `${issuer}/v1/token` };
}
