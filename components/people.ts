import { DataDatabricksGroup } from "@cdktf/provider-databricks/lib/data-databricks-group";
import { Construct } from "constructs";
import type { EnvironmentSettings } from "../environments/settings";

/** A group as Databricks' permissions name it. */
export interface Group {
  readonly groupName: string;
}

/** The groups of people, looked up by their names: a plan fails where the workspace does not have one. Empty where nobody is meant. */
export class People extends Construct {
  readonly dataScientists: readonly Group[];
  readonly operators: readonly Group[];

  constructor(scope: Construct, id: string, { dataScientists, operators }: EnvironmentSettings["access"]) {
    super(scope, id);
    const lookUp = (id: string, displayName: string | undefined): readonly Group[] =>
      displayName === undefined ? [] : [{ groupName: new DataDatabricksGroup(this, id, { displayName }).displayName }];
    this.dataScientists = lookUp("data-scientists", dataScientists);
    this.operators = lookUp("operators", operators);
  }
}
