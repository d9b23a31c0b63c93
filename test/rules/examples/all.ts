import type { Examples } from "../spoil";
import { factoriesAndLinkedServices } from "./factories-and-linked-services";
import { network } from "./network";
import { operations } from "./operations";
import { pipelines } from "./pipelines";
import { privateEndpoints } from "./private-endpoints";
import { storage } from "./storage";
import { terraform } from "./terraform";
import { triggers } from "./triggers";
import { unityCatalog } from "./unity-catalog";
import { workspaceAccess } from "./workspace-access";
import { workspacesAndClusters } from "./workspaces-and-clusters";

/** Of every rule. */
export const examples: Examples = {
  ...pipelines,
  ...triggers,
  ...factoriesAndLinkedServices,
  ...workspacesAndClusters,
  ...workspaceAccess,
  ...unityCatalog,
  ...network,
  ...privateEndpoints,
  ...storage,
  ...operations,
  ...terraform,
};
