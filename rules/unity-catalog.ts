import { ofEach, resources, texts, type Rule } from "./rule";

const withinEachOther = (one: string, other: string) =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

export const unityCatalog: readonly Rule[] = [
  {
    name: "catalog-objects-are-isolated",
    otherwise: "every workspace of the metastore can see them",
    check: (stacks) =>
      ["databricks_catalog", "databricks_storage_credential", "databricks_external_location"].flatMap((type) =>
        ofEach(type, ({ isolation_mode }) =>
          /ISOLATED$/.test(String(isolation_mode)) ? undefined : "is open to every workspace",
        )(stacks),
      ),
  },
  {
    name: "names-of-the-metastore-begin-with-the-catalog",
    otherwise: "environments share one metastore, so names of credentials and locations collide",
    check: (stacks) => {
      const catalogs = resources(stacks, "databricks_catalog").map(({ properties }) => String(properties["name"]));
      return ["databricks_storage_credential", "databricks_external_location"].flatMap((type) =>
        ofEach(type, ({ name }) =>
          catalogs.some((catalog) => String(name).startsWith(`${catalog}_`))
            ? undefined
            : `is called ${String(name)}, which begins with no catalog's name`,
        )(stacks),
      );
    },
  },
  {
    name: "read-only-locations-are-not-tried",
    otherwise: "Databricks tests by reading a file, and refuses a location that is still empty",
    thread: "databricks/cli#1063",
    check: ofEach("databricks_external_location", ({ read_only, skip_validation }) =>
      read_only === true && skip_validation !== true ? "is read-only and does not skip validation" : undefined,
    ),
  },
  {
    name: "locations-make-no-file-events",
    otherwise: "Databricks creates unrequested queues and subscriptions in the account",
    check: ofEach("databricks_external_location", ({ enable_file_events }) =>
      enable_file_events === false ? undefined : "does not state that it has no file events",
    ),
  },
  {
    name: "locations-go-with-their-catalog",
    otherwise:
      "Unity Catalog keeps a dropped table for a week, and meanwhile refuses to delete its location and credential",
    thread: "databricks/terraform-provider-databricks#2352",
    check: (stacks) =>
      resources(stacks, "databricks_catalog")
        .filter(({ properties }) => properties["force_destroy"] === true)
        .flatMap(({ stack }) => resources({ [stack]: stacks[stack]! }))
        .filter(({ type }) => ["databricks_external_location", "databricks_storage_credential"].includes(type))
        .filter(({ properties }) => properties["force_destroy"] !== true)
        .map(({ address }) => `${address} stays when its catalog is destroyed`),
  },
  {
    name: "volumes-are-managed",
    otherwise: "the path of an external volume can overlap the catalog's root, which Unity Catalog refuses",
    check: ofEach("databricks_volume", ({ volume_type }) =>
      volume_type === "MANAGED" ? undefined : "has a path of its own",
    ),
  },
  {
    name: "locations-do-not-overlap",
    otherwise: "Unity Catalog refuses a location, a managed root or a volume inside another's",
    check: (stacks) => {
      const urls = resources(stacks, "databricks_external_location").map(({ address, properties }) => ({
        address,
        url: String(properties["url"]).replace(/\/$/, ""),
      }));
      return urls.flatMap((one, index) =>
        urls
          .slice(0, index)
          .filter((other) => withinEachOther(one.url, other.url))
          .map((other) => `${one.address} overlaps ${other.address}`),
      );
    },
  },
  {
    name: "models-can-be-made-and-loaded",
    otherwise: "training fails at its last step, when it registers the model",
    check: (stacks) => {
      const schemas = resources(stacks, "databricks_schema");
      const granted = resources(stacks, "databricks_grant").map(({ properties }) => texts(properties["privileges"]));
      const enough = granted.some((list) => list.includes("CREATE_MODEL") && list.includes("EXECUTE"));
      return enough
        ? []
        : schemas.map(({ address }) => `${address} is granted to nobody with CREATE_MODEL and EXECUTE`);
    },
  },
];
