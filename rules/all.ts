import { databricks } from "./databricks";
import { dataFactory } from "./data-factory";
import { network } from "./network";
import { operations } from "./operations";
import { privateEndpoints } from "./private-endpoints";
import type { Rule } from "./rule";
import { storage } from "./storage";
import { terraform } from "./terraform";

/** Every rule. What each prevents is in docs/rules.md. */
export const rules: readonly Rule[] = [
  ...dataFactory,
  ...databricks,
  ...network,
  ...privateEndpoints,
  ...storage,
  ...operations,
  ...terraform,
];
