import { z } from "zod";
import { idOf, SIGNED_IN } from "../entra/identity";
import { ApiError } from "../http/api-error";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";
import { type Kinds, withProperties } from "./kinds";

const given = z.looseObject({
  type: z.string(),
  userAssignedIdentities: z.record(z.string(), z.unknown()).nullish(),
});
const userAssigned = z.looseObject({ principalId: z.string(), clientId: z.string() });

export const IDENTITIES: Kinds = {
  "microsoft.managedidentity/userassignedidentities": {
    complete: (identity) =>
      withProperties(identity, {
        tenantId: SIGNED_IN.tenantId,
        principalId: idOf(`${identity.id} principal`),
        clientId: idOf(`${identity.id} client`),
      }),
  },
};

/** A resource with the ids of the identities that it asks for. */
export function withIdentity(resource: Resource, store: ResourceStore): Resource {
  const asked = given.safeParse(resource["identity"]);
  if (!asked.success) return resource;
  const { type, userAssignedIdentities } = asked.data;
  const own = /SystemAssigned/i.test(type) && {
    principalId: idOf(`${resource.id} identity`),
    tenantId: SIGNED_IN.tenantId,
  };
  const others = Object.keys(userAssignedIdentities ?? {}).map((id) => [id, knownIdentity(id, store)] as const);
  return {
    ...resource,
    identity: { type, ...own, ...(others.length > 0 && { userAssignedIdentities: Object.fromEntries(others) }) },
  };
}

function knownIdentity(id: string, store: ResourceStore): object {
  const found = userAssigned.safeParse(store.get(id)?.properties);
  if (!found.success) throw new ApiError(400, "FailedIdentityOperation", `The identity ${id} was not found.`);
  const { principalId, clientId } = found.data;
  return { principalId, clientId };
}
