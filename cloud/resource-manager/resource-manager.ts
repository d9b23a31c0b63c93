import type { Route } from "../http/route";
import { AUTHORIZATION } from "../kinds/authorization";
import { DATABRICKS } from "../kinds/databricks";
import { IDENTITIES } from "../kinds/identities";
import { type Kinds, together } from "../kinds/kinds";
import { LOGS } from "../kinds/logs";
import { MANAGED_NETWORK } from "../kinds/managed-network";
import { NETWORK } from "../kinds/network";
import { STORAGE } from "../kinds/storage";
import { resourceRoutes } from "./resource-routes";
import type { ResourceStore } from "./resource-store";
import { subscriptionRoutes } from "./subscription-routes";

/** Azure Resource Manager for what is deployed to this machine; `services` say of which types something runs here. */
export function resourceManagerRoutes(store: ResourceStore, ...services: readonly Kinds[]): readonly Route[] {
  const kinds = together(AUTHORIZATION, DATABRICKS, IDENTITIES, LOGS, MANAGED_NETWORK, NETWORK, STORAGE, ...services);
  return [...subscriptionRoutes(), ...resourceRoutes(store, kinds)];
}
