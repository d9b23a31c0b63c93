import { randomBytes } from "node:crypto";
import { z } from "zod";
import { SIGNED_IN } from "../entra/identity";
import { policy, type Policy } from "./cluster";
import { DatabricksError, missing } from "./databricks-error";
import { type Operation, operation } from "./workspace-api";
import type { WorkspaceStore } from "./workspace-store";

const created = policy.omit({ policy_id: true, created_at_timestamp: true });
const byId = z.looseObject({ policy_id: z.string().min(1) });
const edited = created.extend(byId.shape);

const AT = "/policies/clusters";

/** What clusters may be. */
export const policyOperations: readonly Operation[] = [
  operation("POST", `${AT}/create`, (store, { body }) => {
    const stated = created.parse(body);
    requireName(store, stated.name);
    const policy_id = randomBytes(8).toString("hex").toUpperCase();
    store.policies.put(policy_id, { ...stated, policy_id, created_at_timestamp: Date.now() });
    return { policy_id };
  }),
  operation("GET", `${AT}/get`, (store, { query }) => shown(requireId(store, Object.fromEntries(query)))),
  operation("GET", `${AT}/list`, (store) => {
    const policies = store.policies.all().map(shown);
    return { policies, total_count: policies.length };
  }),
  operation("POST", `${AT}/edit`, (store, { body }) => {
    const { policy_id, created_at_timestamp } = requireId(store, body);
    const stated = edited.parse(body);
    requireName(store, stated.name, policy_id);
    store.policies.put(policy_id, { ...stated, policy_id, created_at_timestamp });
    return {};
  }),
  operation("POST", `${AT}/delete`, (store, { body }) => {
    const { policy_id } = requireId(store, body);
    store.policies.delete(policy_id);
    store.accessControls.delete(policy_id);
    return {};
  }),
];

function requireId(store: WorkspaceStore, asked: unknown): Policy {
  const { policy_id } = byId.parse(asked);
  const found = store.policies.get(policy_id);
  if (found === undefined) throw missing(`Policy ${policy_id} does not exist.`);
  return found;
}

/** Names are there once. Source: Databricks, policies/clusters/create. */
function requireName(store: WorkspaceStore, name: string, except?: string): void {
  if (store.policies.all().some((one) => one.name === name && one.policy_id !== except))
    throw new DatabricksError(`A policy with the name '${name}' already exists.`);
}

function shown(policy: Policy): object {
  return { ...policy, creator_user_name: SIGNED_IN.clientId, is_default: false };
}
