import { labelOf, liesIn, ofType, type Securable, securablesWithin, type SecurableType } from "./securable";
import type { WorkspaceStore } from "./workspace-store";

/** A catalog begins with these, and they do not keep it from being deleted. */
export const GIVEN_SCHEMAS = ["default", "information_schema"];

interface Uses {
  readonly dependents: number;
  /** In the service's words. */
  readonly words: string;
}

/** What keeps a securable from being deleted without force. */
export function usesOf(store: WorkspaceStore, used: Securable): Uses {
  const { securable_type: type, full_name: fullName, name } = used;
  const label = labelOf(type, fullName);
  switch (type) {
    case "catalog": {
      const inside = securablesWithin(store, used);
      const isGiven = (one: Securable) => one.securable_type === "schema" && GIVEN_SCHEMAS.includes(one.name);
      const schemas = count(inside, "schema") - inside.filter(isGiven).length;
      const words = `${label} is not empty. The catalog has ${schemas} schema(s), ${count(inside, "volume")} volume(s)`;
      return { dependents: schemas + count(inside, "volume"), words };
    }
    case "schema": {
      const volumes = count(securablesWithin(store, used), "volume");
      // Source: databricks/terraform-provider-databricks#3659.
      const words = `${label} is not empty. The schema has 0 tables(s), 0 functions(s), ${volumes} volumes(s)`;
      return { dependents: volumes, words };
    }
    case "storage_credential": {
      const locations = ofType(store, "external_location").filter((one) => one.credential_name === name).length;
      // Source: databricks/terraform-provider-databricks#4000.
      const words = `${label} has 0 directly dependent external table(s) and ${locations} dependent storage location(s)`;
      return { dependents: locations, words };
    }
    case "external_location": {
      const stored = storedIn(store, used);
      const of = (type: SecurableType) => count(stored, type);
      // Source: databricks/terraform-provider-databricks#4746.
      const words = `Cannot delete external location (name = ${name}) because the location has ${of("catalog")} dependent catalogs, ${of("schema")} dependent schemas, ${of("volume")} dependent volumes.`;
      return { dependents: stored.length, words };
    }
    case "volume":
      return { dependents: 0, words: "" };
  }
}

function count(things: readonly Securable[], type: SecurableType): number {
  return things.filter(({ securable_type }) => securable_type === type).length;
}

/** Whatever keeps something in an external location. */
function storedIn(store: WorkspaceStore, { url = "" }: Securable): readonly Securable[] {
  return store.securables.all().filter(({ storage_root, storage_location }) => {
    const stored = storage_root ?? storage_location;
    return stored !== undefined && liesIn(stored, url);
  });
}
