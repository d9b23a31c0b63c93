import { MlflowExperiment } from "@cdktf/provider-databricks/lib/mlflow-experiment";
import { Permissions } from "@cdktf/provider-databricks/lib/permissions";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Names } from "../../environments/naming";
import type { People } from "../access/people";

export interface ExperimentProps {
  readonly names: Names;
  /** The workspace folder that it lies in. */
  readonly folder: ITerraformDependable;
  /** The volume that keeps its artifacts. */
  readonly volume: ITerraformDependable;
  /** Application id of the identity that runs the notebooks. */
  readonly principal: string;
  readonly people: People;
}

/** The MLflow experiment of the training runs: a notebook that Data Factory starts has none of its own. */
export class Experiment extends Construct {
  constructor(scope: Construct, id: string, props: ExperimentProps) {
    super(scope, id);
    const experiment = new MlflowExperiment(this, "experiment", {
      name: props.names.experiment,
      artifactLocation: `dbfs:${props.names.volumePath}/artifacts`,
      dependsOn: [props.folder, props.volume],
    });
    new Permissions(this, "permissions", {
      experimentId: experiment.id,
      accessControl: [
        { servicePrincipalName: props.principal, permissionLevel: "CAN_EDIT" },
        ...[...props.people.dataScientists, ...props.people.operators].map((who) => ({
          ...who,
          permissionLevel: "CAN_READ",
        })),
      ],
    });
  }
}
