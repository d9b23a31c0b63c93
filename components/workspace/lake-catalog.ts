import { Catalog } from "@cdktf/provider-databricks/lib/catalog";
import { ExternalLocation } from "@cdktf/provider-databricks/lib/external-location";
import { Grant } from "@cdktf/provider-databricks/lib/grant";
import { Schema } from "@cdktf/provider-databricks/lib/schema";
import { StorageCredential } from "@cdktf/provider-databricks/lib/storage-credential";
import { Volume } from "@cdktf/provider-databricks/lib/volume";
import { Construct } from "constructs";
import type { Names } from "../../environments/naming";
import type { People } from "../access/people";

export interface LakeCatalogProps {
  readonly names: Names;
  /** Azure resource id of the access connector that Unity Catalog reaches the lake through. */
  readonly accessConnectorId: string;
  /** Application id of the identity that runs the notebooks. */
  readonly principal: string;
  readonly people: People;
  /** Delete catalog and schema with all that is in them, and credential and locations although Unity Catalog still knows tables that were deleted there. */
  readonly forceDestroy: boolean;
}

const ISOLATED = "ISOLATION_MODE_ISOLATED";

/** What the notebooks do in a schema. */
const WORKS_WITH = ["USE_SCHEMA", "CREATE_TABLE", "SELECT", "MODIFY", "CREATE_MODEL", "EXECUTE"] as const;

/**
 * What Unity Catalog knows of the lake, visible in this workspace only: every object is isolated, which binds it to the
 * workspace that makes it. The landing container is read and never written; tables, models and the volume are managed,
 * so that Databricks keeps their paths apart below the catalog's root.
 */
export class LakeCatalog extends Construct {
  /** Where MLflow keeps temporary files and artifacts. */
  readonly volume: Volume;

  constructor(scope: Construct, id: string, props: LakeCatalogProps) {
    super(scope, id);
    const { names, principal, people, forceDestroy } = props;
    const credential = new StorageCredential(this, "credential", {
      name: names.storageCredential,
      azureManagedIdentity: { accessConnectorId: props.accessConnectorId },
      isolationMode: ISOLATED,
      forceDestroy,
    });
    // File events would have Databricks make queues and subscriptions in the account; Data Factory has its own.
    const location = {
      credentialName: credential.name,
      isolationMode: ISOLATED,
      enableFileEvents: false,
      forceDestroy,
    };
    // Databricks tries a read-only location by reading a file, and refuses one where nothing has landed yet.
    const readOnly = (id: string, name: string, url: string) =>
      new ExternalLocation(this, id, { ...location, name, url, readOnly: true, skipValidation: true });
    const landing = readOnly("landing", names.landingLocation, names.landingUrl);
    const verified = readOnly("verified", names.verificationLocation, names.verificationUrl);
    const lake = new ExternalLocation(this, "lake", { ...location, name: names.lakeLocation, url: names.lakeUrl });
    const catalog = new Catalog(this, "catalog", {
      name: names.catalog,
      storageRoot: `${names.lakeUrl}/catalog`,
      isolationMode: "ISOLATED",
      forceDestroy,
      dependsOn: [lake],
    });
    const schema = new Schema(this, "schema", { catalogName: catalog.name, name: names.schema, forceDestroy });
    // A verification's tables and its model; nothing in it is kept.
    const verification = new Schema(this, "verification", {
      catalogName: catalog.name,
      name: names.verificationSchema,
      forceDestroy: true,
    });
    this.volume = new Volume(this, "volume", {
      catalogName: catalog.name,
      schemaName: schema.name,
      name: names.volume,
      volumeType: "MANAGED",
    });

    // One grant for each securable and principal: whoever grants more to others is not undone by the next apply.
    new Grant(this, "read_landing", { principal, externalLocation: landing.name, privileges: ["READ_FILES"] });
    new Grant(this, "read_verified", { principal, externalLocation: verified.name, privileges: ["READ_FILES"] });
    new Grant(this, "use_verification", { principal, schema: verification.id, privileges: [...WORKS_WITH] });
    const share = ({ id, principal, ofSchema, ofVolume }: Share) => {
      new Grant(this, `${id}use_catalog`, { principal, catalog: catalog.name, privileges: ["USE_CATALOG"] });
      new Grant(this, `${id}use_schema`, { principal, schema: schema.id, privileges: [...ofSchema] });
      if (ofVolume.length > 0)
        new Grant(this, `${id}use_volume`, { principal, volume: this.volume.id, privileges: [...ofVolume] });
    };
    share({
      id: "",
      principal,
      ofSchema: WORKS_WITH,
      ofVolume: ["READ_VOLUME", "WRITE_VOLUME"],
    });
    for (const { groupName } of people.dataScientists)
      share({
        id: "scientists_",
        principal: groupName,
        ofSchema: ["USE_SCHEMA", "SELECT", "EXECUTE"],
        ofVolume: ["READ_VOLUME"],
      });
    for (const { groupName } of people.operators)
      // EXECUTE shows the versions of the model. Nothing less than MANAGE sets an alias, and that is for people to grant.
      share({ id: "operators_", principal: groupName, ofSchema: ["USE_SCHEMA", "SELECT", "EXECUTE"], ofVolume: [] });
  }
}

/** What a principal gets below the catalog. */
interface Share {
  /** Begins the ids of its grants. */
  readonly id: string;
  readonly principal: string;
  readonly ofSchema: readonly string[];
  readonly ofVolume: readonly string[];
}
